using System.Text.Json;

namespace WsAot.Dashboard;

/// <summary>A message that was published.</summary>
/// <param name="timeMs">When the message was published, in milliseconds since 1970.</param>
/// <param name="bytes">The message's length.</param>
/// <param name="text">The beginning of the text, or of the bytes in hexadecimal.</param>
/// <param name="isText">Whether it is text.</param>
/// <param name="missed">The number of messages before it that were dropped, because there were too many.</param>
internal sealed class TopicMessage(long timeMs, int bytes, string text, bool isText, long missed) : DashboardAnswer
{
    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Write(json, "timeMs"u8, timeMs);
        Write(json, "bytes"u8, bytes);
        Write(json, "text"u8, text);
        Write(json, "isText"u8, isText);
        Write(json, "missed"u8, missed);
        json.WriteEndObject();
    }
}
