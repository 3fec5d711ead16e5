namespace WsAot.Topics;

/// <summary>The subscribers of one topic on one loop.</summary>
internal interface ISubscribers
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>Delivers a message to each of them. Called on their loop.</summary>
    /// <returns>The number of subscribers.</returns>
    int Deliver(SharedFrame frame);
}
