namespace WsAot.Protocol.Closing;

/// <summary>
/// The state of one connection, and its closing handshake, as a server sees them (RFC 6455 sections 7.1.2 to 7.1.5). It does no I/O: you
/// tell it what happened, and it tells you what to do next. The default value is a connection whose opening handshake is not complete.
/// </summary>
public struct ConnectionLifecycle
{
    private ushort _received;
    private ushort _sent;

    /// <summary>The state of the connection.</summary>
    public ConnectionState State { readonly get; private set; }

    /// <summary>The code of the close frame received: 1005 if it had none, 0 if no close frame was received.</summary>
    public readonly ushort ReceivedCode => _received;

    /// <summary>The code of the close frame sent: 1005 if it had none, 0 if no close frame was sent.</summary>
    public readonly ushort SentCode => _sent;

    /// <summary>The code to answer with: the code received (section 5.5.1); for 1005, answer with an empty payload.</summary>
    public readonly ushort EchoCode => _received;

    /// <summary>Whether the connection was closed cleanly: both sides sent a close frame (section 7.1.4).</summary>
    public readonly bool IsClean => State == ConnectionState.Closed && _received != 0 && _sent != 0;

    /// <summary>
    /// The code to report for the connection (section 7.1.5): the one received (1005 if the close frame had none), else 1006.
    /// </summary>
    public readonly ushort FinalCode => _received != 0 ? _received : CloseCode.AbnormalClosure;

    /// <summary>The opening handshake is complete: CONNECTING becomes OPEN. Has no effect in any other state.</summary>
    public void OnOpened()
    {
        if (State == ConnectionState.Connecting) State = ConnectionState.Open;
    }

    /// <summary>
    /// Asks whether you may send a close frame. If so, records it as sent and moves to CLOSING; do not send a data frame after it (section
    /// 5.5.1). You may send one close frame, between the opening handshake and the end of TCP; it may answer the peer's.
    /// </summary>
    /// <param name="code">The code in the close frame; 1005 for an empty payload.</param>
    public bool TrySend(ushort code)
    {
        if (State is ConnectionState.Connecting or ConnectionState.Closed || _sent != 0) return false;
        _sent = code;
        State = ConnectionState.Closing;
        return true;
    }

    /// <summary>Records a received close frame and returns what to do. Ignore all input after it (section 1.4).</summary>
    /// <param name="code">The code received; 1005 if there was none.</param>
    public CloseAction OnReceived(ushort code)
    {
        if (State is ConnectionState.Connecting or ConnectionState.Closed || _received != 0) return CloseAction.None;
        _received = code;
        State = ConnectionState.Closing;

        // Section 5.5.1: answer it, unless our close frame was first. Section 7.1.1: the server ends TCP first.
        return _sent != 0 ? CloseAction.EndTcp : CloseAction.EchoThenEndTcp;
    }

    /// <summary>The TCP connection has ended, for whatever reason: the state is CLOSED.</summary>
    public void OnTcpEnded() => State = ConnectionState.Closed;
}
