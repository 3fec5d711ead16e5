using WsAot.Loops;
using WsAot.Memory;

namespace WsAot.Topics;

/// <content>Topics that end while they have subscribers.</content>
internal sealed partial class LoopTopics
{
    /// <summary>Has the loop tell its subscribers that a topic has ended. Any thread.</summary>
    public void PostLoss(KeptTopic topic) =>
        loop.Post(static item => ((LoopWorkItem)item!).Run(), new LoseWorkItem(this, topic));

    private void LeaveIfUnused(LocalTopic topic)
    {
        if (!topic.IsUnused) return;
        string name = topic.Topic.Name;
        // A lost topic was removed already, and a new topic may have its name.
        if (_topics.TryGetValue(name, out LocalTopic? known) && ReferenceEquals(known, topic)) _topics.Remove(name);
        Containers.Shrink(_topics);
        topic.Topic.SetSubscribers(LoopIndex, null);
        topic.Topic.Leave(LoopIndex);
    }

    private void Lose(KeptTopic topic)
    {
        if (!_topics.TryGetValue(topic.Name, out LocalTopic? local) || !ReferenceEquals(local.Topic, topic)) return;
        // Later subscribers get a new topic.
        _topics.Remove(topic.Name);
        local.Lose();
    }

    private sealed class LoseWorkItem(LoopTopics topics, KeptTopic topic) : LoopWorkItem
    {
        public override void Run() => topics.Lose(topic);
    }
}
