using WsAot.Loops;

namespace WsAot.Topics;

/// <summary>
/// Messages of a topic that did not reach all subscribers on a loop within one turn: the first is being delivered, and the others wait
/// behind it. The connections that published them are held until all are delivered. Used on the loop.
/// </summary>
/// <param name="topic">The topic.</param>
/// <param name="subscribers">Its subscribers on the loop.</param>
/// <param name="frame">The message that is being delivered.</param>
/// <param name="left">How many subscribers have not got it yet: the first of the list.</param>
internal sealed class UnfinishedDelivery(Topic topic, ISubscribers subscribers, PostedFrame frame, int left)
{
    private readonly Queue<PostedFrame> _frames = new([frame]);
    private int _left = left;

    public Topic Topic { get; } = topic;

    public ISubscribers Subscribers { get; } = subscribers;

    /// <summary>The connections that are held.</summary>
    public List<IPublisher> Held { get; } = [];

    public void Add(PostedFrame frame) => _frames.Enqueue(frame);

    /// <summary>
    /// Removes a subscriber from its list in constant time: the last one moves to its place. While a delivery is unfinished, the list has
    /// two parts: first the subscribers without the message, then those with it. If the removed one is in the first part, the last of that
    /// part moves to its place, and the last of the list fills the hole.
    /// </summary>
    /// <param name="subscribers">The list.</param>
    /// <param name="place">The place of the removed subscriber.</param>
    public static void Remove(ISubscribers subscribers, int place)
    {
        if (subscribers.Unfinished is { } unfinished && place < unfinished._left)
        {
            int lastLeft = --unfinished._left;
            if (place != lastLeft) subscribers.Move(lastLeft, place);
            place = lastLeft;
        }

        int last = subscribers.Count - 1;
        if (place != last) subscribers.Move(last, place);
        subscribers.RemoveLast();
    }

    /// <summary>Continues until the turn is used up.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="loop">Is told of each message that has reached all subscribers.</param>
    /// <returns>Whether all messages have been delivered.</returns>
    public bool Continue(LoopTurn turn, LoopTopics loop)
    {
        while (_frames.TryPeek(out PostedFrame posted))
        {
            if (_left > 0) _left = loop.Deliver(Subscribers, posted.Frame, _left);
            if (_left > 0) return false;
            _frames.Dequeue();
            loop.OnDelivered(Topic, posted);
            _left = Subscribers.Count;
            if (Topic is KeptTopic kept && _frames.TryPeek(out PostedFrame next)) kept.TryBegin(loop.LoopIndex, next.Frame);
            if (turn.IsSpent) break;
        }

        return _frames.Count == 0;
    }
}
