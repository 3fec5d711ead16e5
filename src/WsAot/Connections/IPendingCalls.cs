namespace WsAot.Connections;

/// <summary>
/// What stands where the handler stands, if its calls go on while later messages are taken; JSON-RPC is one. The session asks whether there
/// are any before it calls OnClose, so that this comes last, and before it takes the connection for idle. On the loop.
/// </summary>
internal interface IPendingCalls
{
    bool HasPendingCalls { get; }

    /// <summary>
    /// Takes a text message before its turn, while a handler is pending, if it is what that handler may be waiting for: the peer's answer.
    /// </summary>
    bool TryTakeAnswer(ReadOnlySpan<byte> utf8);

    /// <summary>The peer has read some of what waited.</summary>
    void OnOutputProgress();
}
