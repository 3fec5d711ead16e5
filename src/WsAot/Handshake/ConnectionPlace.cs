namespace WsAot.Handshake;

/// <summary>The kind of place that a connection has taken, and so which one it returns at its end.</summary>
internal enum ConnectionPlace : byte
{
    /// <summary>No place was left.</summary>
    None,

    /// <summary>A place within the connection limit.</summary>
    Connection,

    /// <summary>One of the few places beyond the limit, for a refusal or a health check.</summary>
    Refusal,

    /// <summary>The connection has a new owner, which has the place.</summary>
    HandedOver,
}
