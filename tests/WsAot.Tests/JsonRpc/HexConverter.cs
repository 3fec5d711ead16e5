using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WsAot.Tests.JsonRpc;

/// <summary>Reads numbers, and strings such as <c>"#ff"</c>.</summary>
public sealed class HexConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetInt32(),
        JsonTokenType.String => int.Parse(reader.GetString()!.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        _ => throw new JsonException("neither a number nor a string"),
    };

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
