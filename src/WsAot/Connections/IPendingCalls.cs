namespace WsAot.Connections;

/// <summary>
/// Implemented by a handler whose calls keep running while later messages are taken, such as JSON-RPC. The session asks for pending calls
/// before it calls OnClose, which must come last, and before it closes the connection as idle. Used on the loop.
/// </summary>
internal interface IPendingCalls
{
    bool HasPendingCalls { get; }

    /// <summary>Takes a text message ahead of the queue if it is the peer's answer that a pending handler may be waiting for.</summary>
    bool TryTakeAnswer(ReadOnlySpan<byte> utf8);

    /// <summary>A turn of the connection has begun, or the connection has ended: calls that wait for a turn go on.</summary>
    void OnTurn();

    /// <summary>The peer has read some of the pending output.</summary>
    void OnOutputProgress();
}
