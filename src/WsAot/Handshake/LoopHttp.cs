using WsAot.Loops;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>
/// Plain HTTP on one loop beyond fixed pages. Abstract, so that an application that maps none does not contain its code. Used on that loop.
/// </summary>
internal abstract class LoopHttp
{
    /// <summary>The connections that it owns.</summary>
    public abstract int ConnectionCount { get; }

    /// <summary>Whether it answers a plain request whose host, length and path have been checked.</summary>
    public abstract bool Takes(RequestPath path, RequestHead head);

    /// <summary>Takes over a connection and answers its request.</summary>
    /// <param name="transport">The connection.</param>
    /// <param name="place">Its place in the limit.</param>
    /// <param name="kept">The object that served earlier requests of the connection; null for the first.</param>
    /// <param name="head">The request's head; <see cref="LoopHandshakes.Request"/> has its path.</param>
    /// <param name="rest">The bytes that followed the head.</param>
    public abstract void Take(
        TransportConnection transport, ConnectionPlace place, IConnectionHandler? kept, ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest);

    /// <summary>Closes a connection that waits for its next request, and leaves its place to the caller.</summary>
    public abstract bool TryFreePlace();

    /// <summary>The server is stopping. Closes the connections that have no complete request.</summary>
    /// <returns>False if the turn was used up before all of them were checked.</returns>
    public abstract bool Drain(LoopTurn turn);
}
