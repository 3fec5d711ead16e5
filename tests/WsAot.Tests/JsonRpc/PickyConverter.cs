using System.Text.Json;
using System.Text.Json.Serialization;

namespace WsAot.Tests.JsonRpc;

public sealed class PickyConverter : JsonConverter<Picky>
{
    public override Picky Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        "json" => throw new JsonException("not picky enough"),
        "bug" => throw new InvalidOperationException("a bug of the converter"),
        var text => new Picky(text!),
    };

    public override void Write(Utf8JsonWriter writer, Picky value, JsonSerializerOptions options)
    {
        if (value.Text == "json") throw new JsonException("cannot be written");
        writer.WriteStringValue(value.Text);
    }
}
