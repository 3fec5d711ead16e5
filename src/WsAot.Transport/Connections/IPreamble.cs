namespace WsAot.Transport;

/// <summary>
/// What comes first on a connection, in plain even if the listener has TLS: until its end, the handler's
/// <see cref="IConnectionHandler.OnReceived"/> gets what is there and takes as much of it as belongs to the preamble.
/// </summary>
public interface IPreamble
{
    /// <summary>Takes bytes of those that <see cref="IConnectionHandler.OnReceived"/> was given just now. The others stay.</summary>
    /// <param name="length">How many, from the first one on; at least one unless the connection is closed or the preamble ends.</param>
    void Take(int length);

    /// <summary>
    /// The preamble is over. This object is closed as if its peer had gone, and the connection begins anew with
    /// <see cref="ILoopHandler.OnConnected"/>.
    /// </summary>
    /// <param name="remoteAddress">The address that the new object has.</param>
    void End(PeerAddress remoteAddress);
}
