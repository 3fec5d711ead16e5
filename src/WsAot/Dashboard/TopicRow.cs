using System.Text.Json;

namespace WsAot.Dashboard;

/// <summary>A topic and how many subscribe to it.</summary>
internal sealed class TopicRow(WsTopicInfo topic) : DashboardAnswer
{
    public WsTopicInfo Topic => topic;

    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("topic"u8, topic.Name);
        json.WriteNumber("subscribers"u8, topic.SubscriberCount);
        json.WriteEndObject();
    }
}
