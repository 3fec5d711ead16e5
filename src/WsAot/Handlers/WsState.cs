namespace WsAot;

/// <summary>The state of a connection (RFC 6455 section 4.1, 7.1.3 and 7.1.4).</summary>
public enum WsState
{
    /// <summary>The opening handshake is not complete.</summary>
    Connecting,

    /// <summary>Both sides can send messages.</summary>
    Open,

    /// <summary>A close frame was sent or received; nothing more is sent.</summary>
    Closing,

    /// <summary>The connection has ended.</summary>
    Closed,
}
