using WsAot.Logging;
using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <content>Topics whose messages are stored outside this process.</content>
internal sealed partial class TopicHub
{
    /// <summary>The store of topics with history; null if this process keeps their messages.</summary>
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

    /// <summary>Waits until a topic knows which messages a subscriber has missed. Without a store, it knows at once.</summary>
    /// <param name="topic">A topic with subscribers.</param>
    /// <param name="since">The last message that the subscriber has.</param>
    public ValueTask WhenReadyAsync(Topic topic, WsTopicPosition since) =>
        topic is KeptTopic kept && Store is { } store ? store.WhenReadyAsync(kept, since) : ValueTask.CompletedTask;

    /// <summary>Has a loop tell its subscribers that a topic has ended.</summary>
    public void PostLoss(int loop, KeptTopic topic) => _loops[loop].PostLoss(topic);

    /// <summary>
    /// Tells the store that a topic got its first subscriber or lost its last one. An exception of the store must not keep a connection
    /// from ending properly.
    /// </summary>
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

    /// <summary>Passes a message to other processes.</summary>
    /// <returns>True if it comes back from the store, so that it must not be delivered now.</returns>
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
