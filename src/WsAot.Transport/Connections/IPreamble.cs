namespace WsAot.Transport;

/// <summary>
/// The bytes at the beginning of a connection that come before TLS, such as a header of the PROXY protocol. Until the preamble ends,
/// <see cref="IConnectionHandler.OnReceived"/> is given the bytes that have arrived, and removes those of the preamble with
/// <see cref="Take"/>. The bytes after them stay unread.
/// </summary>
public interface IPreamble
{
    /// <summary>Takes some of the bytes that <see cref="IConnectionHandler.OnReceived"/> was just given. The others stay unread.</summary>
    /// <param name="length">How many, from the first one on; at least one unless the connection is closed or the preamble ends.</param>
    void Take(int length);

    /// <summary>
    /// Ends the preamble. This object is closed as if its peer had gone, and the connection starts again with
    /// <see cref="ILoopHandler.OnConnected"/>.
    /// </summary>
    /// <param name="remoteAddress">The address that the new object has.</param>
    void End(PeerAddress remoteAddress);
}
