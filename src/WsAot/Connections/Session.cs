using WsAot.Compression;
using WsAot.Logging;
using WsAot.Memory;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Liveness;
using WsAot.Protocol.Messages;
using WsAot.Routing;
using WsAot.Services;
using WsAot.Timers;
using WsAot.Transport;

namespace WsAot.Connections;

/// <summary>
/// An open connection: where the transport's bytes, the protocol's events and the user's handler meet. It lives on one loop. The parts in
/// <c>Session.*.cs</c> are what comes in, the calls of the handler, what goes out, topics, and how it ends.
/// </summary>
internal sealed partial class Session : TimerNode, IConnectionHandler
{
    private readonly TransportConnection _transport;
    private readonly LoopState _loop;
    private readonly RouteSettings _settings;
    private MessageReceiver _receiver;
    private HandlerCalls _calls;
    private KeepAlive _keepAlive;
    private ConnectionLifecycle _lifecycle;
    private EndCause _endCause;
    private object? _keptForHandler;    // the request, or the connection's own services with the request in them: most connections have neither
    private CancellationTokenSource? _closedSource;
    private ConnectionCompression? _compression;

    public Session(LoopState loop, TransportConnection transport, RouteSettings settings, long id, string path, string? subprotocol)
    {
        (_loop, _transport, _settings) = (loop, transport, settings);
        Connection = new WsConnection(this, id, path, subprotocol);
    }

    public WsConnection Connection { get; }

    public LoopState Loop => _loop;

    public WsServer Server => _loop.Server.Server;

    public TransportConnection Transport => _transport;

    /// <summary>May be read on any thread: a byte, written by the loop alone.</summary>
    public WsState State => (WsState)_lifecycle.State;

    /// <summary>The request, where the route keeps it.</summary>
    public WsRequest? KeptRequest => _keptForHandler as WsRequest ?? (_keptForHandler as ConnectionServices)?.KeptRequest;

    /// <summary>The server's services, or the connection's own.</summary>
    public IServiceProvider Services => _keptForHandler as IServiceProvider ?? _loop.Server.Services;

    /// <summary>Its place in its loop's <see cref="SessionList"/>.</summary>
    public int ListIndex { get; set; } = -1;

    public CancellationToken ConnectionClosed
    {
        get
        {
            if (Volatile.Read(ref _closedSource) is { } source) return source.Token;
            source = new CancellationTokenSource();
            if (Interlocked.CompareExchange(ref _closedSource, source, null) is { } other) return other.Token;
            // The end may have come between the two: it saw no source then.
            if (State == WsState.Closed) source.Cancel();
            return source.Token;
        }
    }

    private WsRoute Route => _settings.Route;

    /// <summary>permessage-deflate was agreed on.</summary>
    public void UseCompression(DeflateParameters parameters) =>
        _compression = new ConnectionCompression(_loop.Compression, parameters, _settings.CompressionThresholdBytes);

    /// <summary>
    /// Makes the handler; what its constructor throws is the caller's. Services that are the connection's own end with the session from here on.
    /// </summary>
    public void CreateHandler(WsRequest request, IServiceProvider services)
    {
        WsRequest? kept = (Route.Events & WsHandlerEvents.KeepsRequest) != 0 ? request : null;
        if (services is ConnectionServices own)
        {
            own.KeptRequest = kept;
            _keptForHandler = own;
        }
        else
        {
            _keptForHandler = kept;
        }

        _calls.Handler = Route.Create(Connection, request);
    }

    /// <summary>The response 101 has been written: messages may flow.</summary>
    public void Open()
    {
        _lifecycle.OnOpened();
        Schedule(_keepAlive.OnOpened(_loop.NowMs, _settings.KeepAlive));
        _loop.Sessions.Add(this);
        // It was being opened while the server began to stop.
        if (_loop.IsDraining) CloseForStop();
        if ((Route.Events & WsHandlerEvents.Open) != 0) RunTurn(static session => session.CallOnOpen());
    }

    /// <summary>Gives up what a session has taken whose handler could not be made.</summary>
    public void Discard()
    {
        _lifecycle.OnTcpEnded();
        _subscriptions.Clear(_loop.Topics);
        CancelClosed();
        EndServices();
    }

    public void OnClosed()
    {
        bool wasOpened = State != WsState.Connecting;
        NoteEnd(EndCause.PeerReset);
        _lifecycle.OnTcpEnded();
        _loop.Timers.Cancel(this);
        _subscriptions.Clear(_loop.Topics);
        _receiver.Release(_loop.Pool);
        ReturnDeferred();
        DisposeCompression();
        _latePong = null;
        if (wasOpened) _loop.Sessions.Remove(this);
        _loop.Server.Connections.Return();
        _loop.Server.Memory.AddDropped(MemoryReclaimer.ConnectionBytes);
        CancelClosed();
        // What was received before a clean end still belongs to the handler; OnClose comes after it. The transport gives no more turns.
        _pauses = PauseReasons.None;
        if (!_calls.IsPending) RunTurn(static session => session.Pump());
    }

    /// <inheritdoc/>
    internal override void OnDue(long nowMs)
    {
        PeerConditions conditions = (Has(PauseReasons.OutputFull) ? PeerConditions.OutputFull : 0)
            | (_transport.IsReadingPaused ? PeerConditions.InputPaused : 0)
            | (_calls.IsPending || HasPendingCalls ? PeerConditions.HandlerBusy : 0);
        KeepAliveAction action = _keepAlive.OnDeadline(nowMs, DueMs, conditions, _settings.KeepAlive, out long nextMs);
        Schedule(nextMs);
        switch (action)
        {
            case KeepAliveAction.Ping:
                Write(Protocol.Frames.Opcode.Ping, default);
                break;
            case KeepAliveAction.Close:
                Close(CloseCode.GoingAway, "idle for too long", EndCause.IdleTimeout);
                break;
            case KeepAliveAction.Drop:
                Abort(EndCause.NoAnswer);
                break;
        }
    }

    private void Schedule(long dueMs)
    {
        if (dueMs != KeepAlive.Never && State != WsState.Closed) _loop.Timers.Schedule(this, dueMs);
    }

    private void DisposeCompression()
    {
        if (_compression is not { } compression) return;
        _compression = null;
        compression.Dispose();
        if (compression.OwnsMemory) _loop.Server.Memory.AddDropped(MemoryReclaimer.CompressionBytes);
    }

    private void CancelClosed()
    {
        if (Volatile.Read(ref _closedSource) is not { } source) return;
        try
        {
            source.Cancel();
        }
        catch (AggregateException exception)
        {
            Log.HandlerFailed(_loop.Server.Logger, exception, Route.Options.HandlerName, Connection.Id);
        }
    }

    /// <summary>Ends the connection's own services; a server that stops waits for it.</summary>
    private void EndServices()
    {
        if (_keptForHandler is ConnectionServices services) _loop.End(services);
    }
}
