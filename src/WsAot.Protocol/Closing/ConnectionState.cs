namespace WsAot.Protocol.Closing;

/// <summary>The states of a WebSocket connection (RFC 6455 sections 4.1, 7.1.3 and 7.1.4).</summary>
public enum ConnectionState : byte
{
    /// <summary>CONNECTING: the opening handshake is not complete.</summary>
    Connecting,

    /// <summary>OPEN: both sides can send messages.</summary>
    Open,

    /// <summary>CLOSING: a close frame was sent or received.</summary>
    Closing,

    /// <summary>CLOSED: the TCP connection has ended.</summary>
    Closed,
}
