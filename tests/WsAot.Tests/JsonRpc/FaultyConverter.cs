using System.Text.Json;
using System.Text.Json.Serialization;

namespace WsAot.Tests.JsonRpc;

public sealed class FaultyConverter : JsonConverter<Faulty>
{
    public override Faulty Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Faulty value, JsonSerializerOptions options)
    {
        switch (value.Fault)
        {
            case "two values":
                writer.WriteNumberValue(1);
                writer.WriteNumberValue(2);
                break;
            case "no end":
                writer.WriteStartObject();
                break;
            case "a member":
                writer.WriteNumber("member", 1);
                break;
            case "half a member":
                writer.WriteStartObject();
                writer.WritePropertyName("member");
                writer.WriteEndObject();
                break;
        }
    }
}
