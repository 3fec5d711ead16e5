using System.Diagnostics;
using WsAot.Connections;
using WsAot.Memory;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>The connections of one loop whose request has not been answered. Used on that loop.</summary>
internal sealed class LoopHandshakes(HandshakeContext context, LoopState loop)
{
    private const int MaxSpare = 64;

    private readonly HashSet<HandshakeConnection> _connections = [];
    private readonly Stack<HandshakeConnection> _spare = new();

    public IReadOnlyCollection<HandshakeConnection> Connections => _connections;

    /// <summary>The request that is being answered.</summary>
    public ReusedRequest Request { get; } = new();

    /// <summary>Starts the handshake of a new connection.</summary>
    public HandshakeConnection Begin(TransportConnection transport)
    {
        Debug.Assert(loop.IsCurrent, "A handshake begins on its loop.");
        HandshakeConnection connection = _spare.TryPop(out HandshakeConnection? spare)
            ? spare
            : new HandshakeConnection(context, loop, this);
        _connections.Add(connection);
        connection.Begin(transport);
        if (loop.IsDraining) transport.Close();
        return connection;
    }

    /// <summary>The handshake of a connection is over, whatever its outcome.</summary>
    public void Remove(HandshakeConnection connection)
    {
        _connections.Remove(connection);
        Containers.Shrink(_connections);
    }

    /// <summary>Takes back the object of a finished handshake, for reuse.</summary>
    public void Return(HandshakeConnection connection)
    {
        if (_spare.Count < MaxSpare) _spare.Push(connection);
    }

    /// <summary>The server is stopping: closes the connections whose request has not been answered.</summary>
    public void Drain()
    {
        foreach (HandshakeConnection connection in _connections) connection.OnStopping();
    }
}
