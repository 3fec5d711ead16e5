using WsAot.Connections;
using WsAot.Handshake;
using WsAot.Loops;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Http;

/// <summary>Plain HTTP on one loop: the connections that have a request or wait for the next one. Used on that loop.</summary>
internal sealed class HttpLoop(HttpTable table, HandshakeContext context, LoopState loop, LoopHandshakes handshakes) : LoopHttp
{
    private readonly HashSet<HttpConnection> _connections = [];
    private readonly LinkedList<HttpConnection> _idle = new();      // the longest waiting first

    public override int ConnectionCount => _connections.Count;

    public HttpTable Table => table;

    public HandshakeContext Context => context;

    public LoopState Loop => loop;

    public LoopHandshakes Handshakes => handshakes;

    public WsServerOptions Options => context.Server.Options;

    /// <summary>
    /// Whether a connection may wait for its next request. A quarter of the connection limit, on all loops together, is left for upgrades,
    /// which may need the place.
    /// </summary>
    public bool MayKeep => !loop.IsDraining && context.Server.Connections is var all && all.Taken <= all.Max - (all.Max / 4);

    public override bool Takes(RequestPath path, RequestHead head)
    {
        table.Find(path, head.Method, out bool isKnown);
        // A route answers its own path (426). Pages and 404 are answered here, so that the connection can be kept.
        return isKnown || context.FindPage(head.Path) is not null || context.Routes.Match(path.AsWsPath()) is null;
    }

    public override void Take(
        TransportConnection transport, ConnectionPlace place, IConnectionHandler? kept, ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest)
    {
        HttpConnection connection = kept as HttpConnection ?? new HttpConnection(this, transport);
        _connections.Add(connection);
        connection.Take(place, head, rest);
    }

    public override bool TryFreePlace()
    {
        if (_idle.First is not { } oldest) return false;
        oldest.Value.GiveWay();
        return true;
    }

    public override bool Drain(LoopTurn turn)
    {
        foreach (HttpConnection connection in _connections)
        {
            if (turn.IsSpent) return false;
            if (connection.CloseForStop()) turn.Charge(TurnCosts.Close);
        }

        return true;
    }

    public void AddIdle(LinkedListNode<HttpConnection> node) => _idle.AddLast(node);

    public void RemoveIdle(LinkedListNode<HttpConnection> node) => _idle.Remove(node);

    /// <summary>Removes a connection that has ended, or that a handshake reads again.</summary>
    public void Remove(HttpConnection connection) => _connections.Remove(connection);
}
