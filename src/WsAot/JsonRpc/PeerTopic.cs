using WsAot.Topics;

namespace WsAot.JsonRpc;

/// <summary>A topic that a client has asked for. On the loop.</summary>
internal sealed class PeerTopic
{
    /// <summary>The request that the application thinks about; null: none. A later one takes its place.</summary>
    public SubscribeCall? Pending { get; set; }

    /// <summary>Whether the client hears the topic.</summary>
    public bool IsSubscribed { get; set; }

    /// <summary>Who comes and goes is told to the client by this; null: it is not.</summary>
    public Subscription? Feed { get; set; }
}
