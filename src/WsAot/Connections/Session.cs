using System.Diagnostics;
using WsAot.Compression;
using WsAot.Logging;
using WsAot.Metrics;
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
/// An open connection: connects the transport's bytes, the protocol's events and the user's handler. It lives on one loop. The parts in
/// <c>Session.*.cs</c> are input, calls to the handler, output, topics, closing, and more.
/// </summary>
internal sealed partial class Session : TimerNode, IConnectionHandler
{
    private readonly TransportConnection _transport;
    private readonly LoopState _loop;
    private readonly RouteSettings _settings;
    // These two come first: the runtime keeps the order of structs, and leaves a gap before a struct that holds references.
    private KeepAlive _keepAlive;
    private ConnectionLifecycle _lifecycle;
    private MessageReceiver _receiver;
    private HandlerCalls _calls;
    private object? _keptForHandler;    // the request, or the connection's own services, which hold the request; usually null
    private ConnectionCompression? _compression;

    public Session(LoopState loop, TransportConnection transport, RouteSettings settings, long id, SharedNames names)
    {
        (_loop, _transport, _settings) = (loop, transport, settings);
        Connection = new WsConnection(this, id, names);
    }

    public WsConnection Connection { get; }

    /// <summary>The cause that began the end of the connection. On the loop.</summary>
    public EndCause EndCause { get; private set; }

    public LoopState Loop => _loop;

    public WsServer Server => _loop.Server.Server;

    public TransportConnection Transport => _transport;

    /// <summary>The state. Any thread may read it: it is one byte that only the loop writes.</summary>
    public WsState State => (WsState)_lifecycle.State;

    /// <summary>The upgrade request, if the route keeps it.</summary>
    public WsRequest? KeptRequest => _keptForHandler as WsRequest ?? (_keptForHandler as ConnectionServices)?.KeptRequest;

    /// <summary>The services of the connection if it has its own, else the server's.</summary>
    public IServiceProvider Services => _keptForHandler as IServiceProvider ?? _loop.Server.Services;

    /// <summary>The parent of the traces of its calls; null if the request named none.</summary>
    public string? TraceParent => Volatile.Read(ref _extras)?.TraceParent;

    /// <summary>Its place in its loop's <see cref="SessionList"/>.</summary>
    public int Index { get; set; } = -1;

    public CancellationToken ConnectionClosed
    {
        get
        {
            if (ClosedSource is { } source) return source.Token;
            source = new CancellationTokenSource();
            if (Extras.SetClosedSource(source) is { } other) return other.Token;
            // The connection may have closed before the source was visible.
            if (State == WsState.Closed) source.Cancel();
            return source.Token;
        }
    }

    private CancellationTokenSource? ClosedSource => Volatile.Read(ref _extras)?.ClosedSource;

    /// <summary>The route of the connection. Any thread.</summary>
    public WsRoute Route => _settings.Route;

    /// <summary>Turns on compression, after permessage-deflate was negotiated.</summary>
    public void UseCompression(DeflateParameters parameters)
    {
        _compression = new ConnectionCompression(_loop.Compression, parameters, _settings.CompressionThresholdBytes);
        _hasOutputSteps = true;
    }

    /// <summary>
    /// Creates the handler. The caller handles exceptions of its constructor. From here on, the session disposes the connection's own
    /// services.
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

        if (MeterFeature.IsSupported && request.GetHeader("traceparent") is { } parent) Extras.TraceParent = parent;
        _calls.Handler = Route.Create(Connection, request);
    }

    /// <summary>Opens the session after the 101 response has been written.</summary>
    public void Open()
    {
        _lifecycle.OnOpened();
        LogOpened();
        BeginLimits();
        ScheduleOpen(_keepAlive.OnOpened(_loop.NowMs, _settings.KeepAlive));
        _loop.Sessions.Add(this);
        _settings.Counters.Opened++;
        // The drain began while this connection was opening.
        if (_loop.Stop is { } stop) CloseForStop(stop);
        if ((Route.Events & WsHandlerEvents.Open) != 0) RunTurn(static session => session.CallOnOpen());
    }

    /// <summary>Releases the resources of a session whose handler could not be created.</summary>
    public void Discard()
    {
        _lifecycle.OnTcpEnded();
        _subscriptions.Clear(_loop.Topics);
        EndLimits();
        CancelClosed();
        EndServices();
    }

    public void OnClosed()
    {
        Debug.Assert(State != WsState.Connecting, "A session gets events of the transport only after it was opened.");
        NoteEnd(EndCause.PeerReset);
        _lifecycle.OnTcpEnded();
        _loop.Timers.Cancel(this);
        _subscriptions.Clear(_loop.Topics);
        _receiver.Release();
        ReturnDeferred();
        EndInflation(hasHandled: true);
        DisposeCompression();
        if (_extras is { } extras) extras.LatePong = null;
        _loop.Sessions.Remove(this);
        _loop.Server.Connections.Return();
        _settings.Counters.CountClosed((int)EndCause, EndCode);
        EndLimits();
        LogClosed();
        CancelClosed();
        // Messages received before the end are still handled, and OnClose comes after them. The transport gives no more turns.
        _pauses = PauseReasons.None;
        if (!_calls.IsBusy) RunTurn(static session => session.Pump());
        else if (_calls.Handler is IPendingCalls calls) calls.OnTurn();
    }

    /// <inheritdoc/>
    internal override void OnDue(long nowMs)
    {
        if (TryEndLifetime(nowMs)) return;
        OutputDelivery delivery = _transport.GetDelivery();
        PeerConditions conditions = (Has(PauseReasons.OutputFull) ? PeerConditions.OutputFull : 0)
            | (delivery.IsComplete ? 0 : PeerConditions.OutputUndelivered)
            | (_transport.IsReadingPaused ? PeerConditions.InputPaused : 0)
            | (_receiver.IsInMessage ? PeerConditions.MessageInProgress : 0)
            | (_calls.IsBusy || HasPendingCalls || _receiver.IsInflating || Has(PauseReasons.RateLimited)
                ? PeerConditions.HandlerBusy
                : 0);
        KeepAliveAction action = _keepAlive.OnDeadline(
            nowMs, nowMs - LateMs(nowMs), conditions, delivery.AcknowledgedBytes, _settings.KeepAlive, out long nextMs);
        ScheduleOpen(nextMs);
        switch (action)
        {
            case KeepAliveAction.Ping:
                Write(Protocol.Frames.Opcode.Ping, default);
                break;
            case KeepAliveAction.Close:
                string reason = $"no message for {_settings.KeepAlive.IdleTimeoutMs} ms";
                LogEnd($"{reason}; closed with 1001", "--idle-timeout-ms");
                Close(CloseCode.GoingAway, reason, EndCause.IdleTimeout);
                break;
            case KeepAliveAction.End:
                _transport.Close();
                break;
            case KeepAliveAction.Drop:
                LogDropOfSilentPeer();
                Abort(EndCause.NoAnswer);
                break;
        }
    }

    /// <summary>The options of the server have changed, and the deadline may have changed with them.</summary>
    public void OnOptionsChanged()
    {
        if (State != WsState.Open) return;
        SpreadLifetime();
        ScheduleOpen(_keepAlive.NextDeadline(_loop.NowMs, _settings.KeepAlive));
    }

    private void ScheduleClosing() =>
        Schedule(_keepAlive.OnClosing(_loop.NowMs, _transport.GetDelivery().AcknowledgedBytes, _settings.KeepAlive));

    private void Schedule(long dueMs)
    {
        if (dueMs != KeepAlive.Never && State != WsState.Closed) _loop.Timers.Schedule(this, dueMs);
    }

    private void DisposeCompression()
    {
        if (_compression is not { } compression) return;
        _compression = null;
        compression.Dispose();
    }

    private void CancelClosed()
    {
        if (ClosedSource is not { } source) return;
        try
        {
            source.Cancel();
        }
        catch (AggregateException exception)
        {
            Log.HandlerFailed(_loop.Server.Logger, exception, Route.Options.HandlerName, Connection.Id);
        }
    }

    /// <summary>Disposes the connection's own services. A draining server waits for it.</summary>
    private void EndServices()
    {
        if (_keptForHandler is ConnectionServices services) _loop.End(services);
    }
}
