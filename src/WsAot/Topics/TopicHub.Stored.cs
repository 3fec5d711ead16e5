using WsAot.Logging;
using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <content>Topics whose messages are kept outside of this process.</content>
internal sealed partial class TopicHub
{
    /// <summary>What keeps the messages of topics with history; null: this process.</summary>
    public ITopicStore? Store => backplane?.Store;

    /// <summary>As <see cref="Publish(string, Opcode, ReadOnlySpan{byte})"/>, and waits until the message is stored.</summary>
    public ValueTask<WsTopicPosition> PublishAsync(string topic, Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except = null)
    {
        if (Store is not { } store || rules?.Find(topic) is not { KeepsMessages: true } rule)
        {
            return new ValueTask<WsTopicPosition>(Publish(topic, opcode, payload, Current(), except));
        }

        ThrowIfNotAccepted(rule, topic, opcode, payload);
        CountPublished(Current());
        return store.PublishAsync(topic, rule, opcode, payload, except);
    }

    /// <summary>Waits until a topic can say what a subscriber has missed. In process it can at once.</summary>
    /// <param name="topic">A topic that is used.</param>
    /// <param name="since">The last message that the subscriber has.</param>
    public ValueTask WhenReadyAsync(Topic topic, WsTopicPosition since) =>
        topic is KeptTopic kept && Store is { } store ? store.WhenReadyAsync(kept, since) : ValueTask.CompletedTask;

    /// <summary>Has a loop tell its subscribers that a topic has ended.</summary>
    public void PostLoss(int loop, KeptTopic topic) => _loops[loop].PostLoss(topic);

    /// <summary>A topic got its first subscriber, or lost its last one. What the store throws must not cost a connection its end.</summary>
    public void TellStore(Action<ITopicStore, KeptTopic> tell, KeptTopic topic)
    {
        try
        {
            tell(Store!, topic);
        }
        catch (Exception exception)
        {
            Log.BackplaneFailed(logger, exception, topic.Name);
        }
    }

    /// <summary>Tells other processes of a message.</summary>
    /// <returns>Whether it comes back from the store, and is not to be delivered now.</returns>
    private bool TellOthers(
        string topic, TopicRule? rule, Opcode opcode, ReadOnlySpan<byte> payload, LoopTopics? here, ISubscriber? except)
    {
        if (Store is { } store && rule is { KeepsMessages: true })
        {
            CountPublished(here);
            store.Publish(topic, rule, opcode, payload, except);
            return true;
        }

        backplane!.OnPublished(topic, opcode, payload);
        return false;
    }
}
