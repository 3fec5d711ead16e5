using WsAot.Sessions;

namespace WsAot.Topics;

/// <summary>That a session hears of a topic.</summary>
internal sealed class Subscription(Topic topic, Session session)
{
    public Topic Topic { get; } = topic;

    public Session Session { get; } = session;

    /// <summary>Where it stands among the topic's subscriptions.</summary>
    public int Index { get; set; }
}
