namespace WsAot.Topics;

/// <summary>Those on one loop who hear the same messages.</summary>
internal interface ISubscribers
{
    /// <summary>Gives a message to each of them. On their loop.</summary>
    /// <returns>To how many.</returns>
    int Deliver(SharedFrame frame);
}
