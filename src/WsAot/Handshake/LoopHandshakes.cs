using WsAot.Connections;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>The connections of one loop whose request is not answered yet. On that loop.</summary>
internal sealed class LoopHandshakes(HandshakeContext context, LoopState loop)
{
    private const int MaxSpare = 64;

    private readonly HashSet<HandshakeConnection> _connections = [];
    private readonly Stack<HandshakeConnection> _spare = new();

    public IReadOnlyCollection<HandshakeConnection> Connections => _connections;

    /// <summary>The request that is being answered.</summary>
    public ReusedRequest Request { get; } = new();

    /// <summary>Takes a new connection.</summary>
    public HandshakeConnection Begin(TransportConnection transport)
    {
        HandshakeConnection connection = _spare.TryPop(out HandshakeConnection? spare) ? spare : new HandshakeConnection(context, loop, this);
        _connections.Add(connection);
        connection.Begin(transport);
        if (loop.IsDraining) transport.Close();
        return connection;
    }

    /// <summary>The handshake of a connection is over, in whatever way.</summary>
    public void Remove(HandshakeConnection connection) => _connections.Remove(connection);

    /// <summary>Takes back what served a handshake that is over, for another one.</summary>
    public void Return(HandshakeConnection connection)
    {
        if (_spare.Count < MaxSpare) _spare.Push(connection);
    }

    /// <summary>The server stops: what is not answered yet gets no answer.</summary>
    public void Drain()
    {
        foreach (HandshakeConnection connection in _connections) connection.OnStopping();
    }
}
