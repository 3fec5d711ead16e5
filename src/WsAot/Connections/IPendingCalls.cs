namespace WsAot.Connections;

/// <summary>
/// Implemented by a handler whose calls keep running while it takes later messages, such as JSON-RPC. The session checks for pending calls
/// before it calls OnClose, which must come last, and before it closes the connection as idle. Used on the loop.
/// </summary>
internal interface IPendingCalls
{
    bool HasPendingCalls { get; }

    /// <summary>
    /// Takes a text message ahead of the queue if a pending call may be waiting for it: an answer of the peer, or a cancellation.
    /// </summary>
    bool TryTakeAhead(ReadOnlySpan<byte> utf8);

    /// <summary>
    /// This side closes the connection. Drops the calls of a batch that have not begun, as the session drops queued messages.
    /// </summary>
    void DropWaiting();

    /// <summary>The connection has a turn, or has ended. Calls that were waiting for a turn continue until it is spent.</summary>
    void OnTurn();

    /// <summary>The connection no longer gets the messages of a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="isLost">True if the topic's store lost its messages; false if the application ended the subscription.</param>
    /// <returns>Whether the client itself had subscribed, and has been told of the end.</returns>
    bool OnTopicEnded(string topic, bool isLost);

    /// <summary>The peer has read some of the pending output.</summary>
    void OnOutputProgress();
}
