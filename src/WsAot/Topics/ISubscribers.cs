using WsAot.Loops;

namespace WsAot.Topics;

/// <summary>The subscribers of one topic on one loop, in a list. Used on that loop.</summary>
internal interface ISubscribers
{
    /// <summary>The number of subscribers.</summary>
    int Count { get; }

    /// <summary>The messages that have not reached all subscribers yet; null if there are none.</summary>
    UnfinishedDelivery? Unfinished { get; set; }

    /// <summary>
    /// Delivers a message to the first subscribers of the list, from the last of these to the first, until the turn is used up.
    /// </summary>
    /// <param name="frame">The message.</param>
    /// <param name="count">How many subscribers should get it.</param>
    /// <param name="turn">The turn that is charged. At least one delivery is made, and up to seven beyond the turn.</param>
    /// <returns>How many have not got it yet: they are the first of the list.</returns>
    int Deliver(SharedFrame frame, int count, LoopTurn turn);

    /// <summary>Moves a subscriber to a place that has become free.</summary>
    void Move(int from, int to);

    /// <summary>Removes the last place, which has become free.</summary>
    void RemoveLast();
}
