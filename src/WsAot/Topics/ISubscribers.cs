using WsAot.Loops;

namespace WsAot.Topics;

/// <summary>The subscribers of one topic on one loop, in a list. Used on that loop.</summary>
internal interface ISubscribers
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>The messages that have not reached all of them yet; null: there are none.</summary>
    UnfinishedDelivery? Unfinished { get; set; }

    /// <summary>Delivers a message to the first subscribers of the list, the last of these first, until the turn is used up.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="count">How many are to get it.</param>
    /// <param name="turn">The turn that pays. At least one delivery is made, and up to seven beyond the turn.</param>
    /// <returns>How many have not got it: they are the first of the list.</returns>
    int Deliver(SharedFrame frame, int count, LoopTurn turn);

    /// <summary>Has one of them take another place, whose holder has left it.</summary>
    void Move(int from, int to);

    /// <summary>Removes the last place, whose holder has left it.</summary>
    void RemoveLast();
}
