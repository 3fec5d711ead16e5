using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>
/// The subscribers to a topic's presence. Changes are published like messages, but the feed has no name in the hub, so nothing else can
/// publish to it.
/// </summary>
internal sealed class PresenceFeed(TopicHub hub, string name, int loops) : Topic(hub, name, loops)
{
    /// <summary>The number of the last change. Under the lock of the presence.</summary>
    public long Version { get; private set; }

    /// <inheritdoc/>
    // The feed lives as long as its topic.
    protected override bool IsNeeded => true;

    /// <summary>Publishes the changes, if the feed has subscribers.</summary>
    public void Tell(TopicPresence presence)
    {
        Version++;
        if (IsUsed) Publish(new SharedFrame(Opcode.Text, presence.WriteChange(Version)), here: null);
    }

    /// <inheritdoc/>
    protected override void OnFirstJoined()
    {
    }

    /// <inheritdoc/>
    protected override void OnLastLeft(bool isRetired)
    {
    }
}
