namespace WsAot.Connections;

/// <summary>
/// Implemented by a handler whose calls keep running while later messages are taken, such as JSON-RPC. The session asks for pending calls
/// before it calls OnClose, which must come last, and before it closes the connection as idle. Used on the loop.
/// </summary>
internal interface IPendingCalls
{
    bool HasPendingCalls { get; }

    /// <summary>
    /// Takes a text message ahead of the queue if a pending call may be waiting for it: the peer's answer, or what cancels the call.
    /// </summary>
    bool TryTakeAhead(ReadOnlySpan<byte> utf8);

    /// <summary>
    /// The connection is closed by this side: calls of a batch that have not begun are dropped, as messages that wait are.
    /// </summary>
    void DropWaiting();

    /// <summary>The connection has a turn, or has ended: calls that are waiting for one go on, until it is spent.</summary>
    void OnTurn();

    /// <summary>The connection hears a topic no longer.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="isLost">Whether its store has lost the messages; false: the application has ended the subscription.</param>
    /// <returns>Whether the client has asked for it by itself, and has been told.</returns>
    bool OnTopicEnded(string topic, bool isLost);

    /// <summary>The peer has read some of the pending output.</summary>
    void OnOutputProgress();
}
