namespace WsAot.Transport;

/// <summary>
/// The bytes at the beginning of a connection that come before TLS, such as a header of the PROXY protocol. Until the preamble ends,
/// <see cref="IConnectionHandler.OnReceived"/> is given the bytes that have arrived, and removes those of the preamble with
/// <see cref="Take"/>. The bytes behind them stay where they are.
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
