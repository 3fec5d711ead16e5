using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>
/// Those who listen to who comes to a topic and who goes. They hear of it like of messages, but no name leads to it, so nobody else can
/// publish.
/// </summary>
internal sealed class PresenceFeed(TopicHub hub, string name, int loops) : Topic(hub, name, loops)
{
    /// <summary>The number of the last change. Under the lock of the presence.</summary>
    public long Version { get; private set; }

    /// <inheritdoc/>
    // It ends with its topic.
    protected override bool IsNeeded => true;

    /// <summary>Tells what has changed, if anybody listens.</summary>
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
