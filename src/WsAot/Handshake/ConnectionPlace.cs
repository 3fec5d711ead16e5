namespace WsAot.Handshake;

/// <summary>Which place a connection has taken, and so which one it returns at its end.</summary>
internal enum ConnectionPlace : byte
{
    /// <summary>None was left.</summary>
    None,

    /// <summary>One within the connection limit.</summary>
    Connection,

    /// <summary>One of the few beyond the limit, to be refused or to ask for the server's health.</summary>
    Refusal,

    /// <summary>Its new owner has the place.</summary>
    HandedOver,
}
