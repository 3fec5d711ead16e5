namespace WsAot.Protocol.Closing;

/// <summary>
/// The closing handshake of one connection as a server sees it (RFC 6455 sections 7.1.2 to 7.1.5), without I/O: it is told what
/// happened and says what to do next. The default value is a connection whose opening handshake is not done.
/// </summary>
public struct ConnectionLifecycle
{
    private ushort _received;
    private ushort _sent;

    /// <summary>Where the connection stands.</summary>
    public ConnectionState State { readonly get; private set; }

    /// <summary>The code of the close frame that came, 1005 if it had none, or 0 if no close frame came.</summary>
    public readonly ushort ReceivedCode => _received;

    /// <summary>The code of the close frame that was sent, 1005 if it had none, or 0 if none was sent.</summary>
    public readonly ushort SentCode => _sent;

    /// <summary>Section 5.5.1: the code to answer with, which is the code received (1005: answer with an empty payload).</summary>
    public readonly ushort EchoCode => _received;

    /// <summary>Section 7.1.4: closed cleanly, which is after a close frame in both directions.</summary>
    public readonly bool IsClean => State == ConnectionState.Closed && _received != 0 && _sent != 0;

    /// <summary>
    /// Section 7.1.5: the code to report for the connection: the one received (1005 when the close frame had none), else 1006.
    /// </summary>
    public readonly ushort FinalCode => _received != 0 ? _received : CloseCode.AbnormalClosure;

    /// <summary>The opening handshake is done: CONNECTING becomes OPEN. In any other state it changes nothing.</summary>
    public void OnOpened()
    {
        if (State == ConnectionState.Connecting) State = ConnectionState.Open;
    }

    /// <summary>
    /// Asks whether a close frame may be sent now. If so it is recorded as sent and the state is CLOSING; section 5.5.1 forbids any
    /// data frame after it. It may be sent once, after the opening handshake and before the end of TCP, also as the answer to a
    /// close frame received.
    /// </summary>
    /// <param name="code">The code that it will carry; 1005 for an empty payload.</param>
    public bool TrySend(ushort code)
    {
        if (State is ConnectionState.Connecting or ConnectionState.Closed || _sent != 0) return false;
        _sent = code;
        State = ConnectionState.Closing;
        return true;
    }

    /// <summary>
    /// Records a close frame that came and says what to do. Whatever comes after it is to be ignored (section 1.4).
    /// </summary>
    /// <param name="code">Its code; 1005 when it had none.</param>
    public CloseAction OnReceived(ushort code)
    {
        if (State is ConnectionState.Connecting or ConnectionState.Closed || _received != 0) return CloseAction.None;
        _received = code;
        State = ConnectionState.Closing;

        // Section 5.5.1: answer unless ours went first. Section 7.1.1: of the two, the server ends TCP first.
        return _sent != 0 ? CloseAction.EndTcp : CloseAction.EchoThenEndTcp;
    }

    /// <summary>TCP has ended, however it did: the state is CLOSED.</summary>
    public void OnTcpEnded() => State = ConnectionState.Closed;
}
