using System.Diagnostics;
using WsAot.Connections;
using WsAot.Loops;
using WsAot.Memory;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>The connections of one loop whose requests have not been answered. Used on that loop.</summary>
internal sealed class LoopHandshakes
{
    private const int MaxSpare = 64;

    private readonly HandshakeContext _context;
    private readonly LoopState _loop;

    private readonly Dictionary<WsRoute, RouteSettings> _settings = [];
    private readonly HashSet<HandshakeConnection> _connections = [];
    private readonly Stack<HandshakeConnection> _spare = new();
    private HashSet<ProxyHeaderConnection>? _proxyHeaders;

    public LoopHandshakes(HandshakeContext context, LoopState loop)
    {
        (_context, _loop) = (context, loop);
        foreach (WsRoute route in context.Routes.Routes) _settings.Add(route, new RouteSettings(route, context.Server.Options));
        Http = context.CreateHttp?.Invoke(context, loop, this);
    }

    public IReadOnlyCollection<HandshakeConnection> Connections => _connections;

    /// <summary>The number of <see cref="Connections"/>. Any thread.</summary>
    public int Count => _connections.Count;

    /// <summary>Plain HTTP beyond the pages; null if the application maps none.</summary>
    public LoopHttp? Http { get; }

    /// <summary>The request that is being answered.</summary>
    public ReusedRequest Request { get; } = new();

    /// <summary>The options of the server have changed.</summary>
    public void ApplyOptions()
    {
        foreach (RouteSettings settings in _settings.Values) settings.Apply(_context.Server.Options);
    }

    public RouteSettings SettingsOf(WsRoute route) => _settings[route];

    /// <summary>Starts the handshake of a new connection.</summary>
    public HandshakeConnection Begin(TransportConnection transport)
    {
        HandshakeConnection connection = Rent();
        connection.Begin(transport);
        return connection;
    }

    /// <summary>Reads the PROXY protocol header of a new connection, which then begins again.</summary>
    public ProxyHeaderConnection BeginProxyHeader(TransportConnection transport)
    {
        var connection = new ProxyHeaderConnection(_context, _loop, this, transport);
        (_proxyHeaders ??= []).Add(connection);
        connection.Begin();
        if (_loop.IsDraining) transport.Close();
        return connection;
    }

    /// <summary>The header of a connection has been read, or never will be.</summary>
    public void Remove(ProxyHeaderConnection connection) => _proxyHeaders!.Remove(connection);

    /// <summary>Takes a place within the connection limit, or one of the few beyond it. There may be none left.</summary>
    public ConnectionPlace TakePlace()
    {
        if (_context.Server.Connections.TryTake() || Http?.TryFreePlace() == true) return ConnectionPlace.Connection;
        return _context.Refusals.TryTake() ? ConnectionPlace.Refusal : ConnectionPlace.None;
    }

    /// <summary>Returns a place that <see cref="TakePlace"/> gave out.</summary>
    public void ReturnPlace(ConnectionPlace place)
    {
        if (place == ConnectionPlace.Connection) _context.Server.Connections.Return();
        else if (place == ConnectionPlace.Refusal) _context.Refusals.Return();
    }

    /// <summary>Takes back a connection that was handed over: <see cref="HandshakeConnection.Resume"/>.</summary>
    public HandshakeConnection Resume(
        TransportConnection transport,
        ConnectionPlace place,
        IConnectionHandler? kept = null,
        ForwardedClient? forwarded = null,
        bool omitsBody = false)
    {
        HandshakeConnection connection = Rent();
        connection.Resume(transport, place, kept, forwarded, omitsBody);
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

    /// <summary>
    /// The server is stopping. Closes the connections that have had time to send a request and have not been answered. A client that has
    /// just connected is still served: its request may be on the way, and the server must not look broken.
    /// </summary>
    /// <returns>False if the turn was used up before all of them were checked.</returns>
    public bool Drain(LoopTurn turn)
    {
        foreach (HandshakeConnection connection in _connections)
        {
            if (turn.IsSpent) return false;
            if (connection.CloseForStop()) turn.Charge(TurnCosts.Close);
        }

        foreach (ProxyHeaderConnection connection in _proxyHeaders ?? [])
        {
            if (turn.IsSpent) return false;
            connection.OnStopping();
            turn.Charge(TurnCosts.Close);
        }

        return Http?.Drain(turn) != false;
    }

    private HandshakeConnection Rent()
    {
        Debug.Assert(_loop.IsCurrent, "A handshake begins on its loop.");
        HandshakeConnection connection = _spare.TryPop(out HandshakeConnection? spare)
            ? spare
            : new HandshakeConnection(_context, _loop, this);
        _connections.Add(connection);
        return connection;
    }
}
