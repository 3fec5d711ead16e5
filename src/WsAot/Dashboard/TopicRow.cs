using System.Text.Json;

namespace WsAot.Dashboard;

/// <summary>A topic and its number of subscribers.</summary>
internal sealed class TopicRow(WsTopicInfo topic) : DashboardAnswer
{
    public WsTopicInfo Topic => topic;

    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Write(json, "topic"u8, topic.Name);
        Write(json, "subscribers"u8, topic.SubscriberCount);
        json.WriteEndObject();
    }
}
