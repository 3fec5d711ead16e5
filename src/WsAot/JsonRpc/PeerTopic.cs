using WsAot.Topics;

namespace WsAot.JsonRpc;

/// <summary>A topic that a client has asked for. Used on the loop.</summary>
internal sealed class PeerTopic
{
    /// <summary>The request that waits for the application; null if there is none. A later request replaces it.</summary>
    public SubscribeCall? Pending { get; set; }

    /// <summary>Whether the client is subscribed.</summary>
    public bool IsSubscribed { get; set; }

    /// <summary>The subscription to the topic's presence; null if the client did not ask for it.</summary>
    public Subscription? Feed { get; set; }
}
