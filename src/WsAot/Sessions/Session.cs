using System.Runtime.CompilerServices;
using WsAot.Compression;
using WsAot.Hosting;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;
using WsAot.Routing;
using WsAot.Timers;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot.Sessions;

/// <summary>
/// An open connection: where the transport's bytes, the protocol's events and the user's handler meet. It lives on one loop; the parts in
/// <c>Session.*.cs</c> are what comes in, what goes out, how it ends, and how time passes.
/// </summary>
internal sealed partial class Session : Timed, IConnectionHandler
{
    private readonly TransportConnection _transport;
    private readonly ServerLoop _loop;
    private readonly RouteSettings _settings;
    private MessageReceiver _receiver;
    private ClosingHandshake _closing;
    private object _handler = null!;
    private object? _kept;      // the request, or the connection's own services with the request in them: most connections have neither
    private SubscriptionList _subscriptions;
    private CancellationTokenSource? _closedSource;
    private SessionCompression? _compression;

    public Session(ServerLoop loop, TransportConnection transport, RouteSettings settings, long id, string path, string? subprotocol)
    {
        (_loop, _transport, _settings) = (loop, transport, settings);
        Connection = new WsConnection(this, id, path, subprotocol);
    }

    public WsConnection Connection { get; }

    public WsServer Server => _loop.Server;

    public PeerAddress RemoteAddress => _transport.RemoteAddress;

    /// <summary>May be read on any thread: a byte, written by the loop alone.</summary>
    public WsState State => (WsState)_closing.State;

    /// <summary>The request, where the route keeps it.</summary>
    public WsRequest? KeptRequest => _kept as WsRequest ?? (_kept as ConnectionServices)?.KeptRequest;

    /// <summary>The server's services, or the connection's own.</summary>
    public IServiceProvider Services => _kept as IServiceProvider ?? Server.Services;

    /// <summary>Where it stands in its loop's list of connections; kept by the loop.</summary>
    public int ListIndex { get; set; } = -1;

    public CancellationToken ConnectionClosed
    {
        get
        {
            if (Volatile.Read(ref _closedSource) is { } source) return source.Token;
            source = new CancellationTokenSource();
            if (Interlocked.CompareExchange(ref _closedSource, source, null) is { } other) return other.Token;
            // The end may have come between: whoever ended the connection saw no source then.
            if (State == WsState.Closed) source.Cancel();
            return source.Token;
        }
    }

    private WsRoute Route => _settings.Route;

    /// <summary>permessage-deflate was agreed on.</summary>
    public void UseCompression(DeflateParameters parameters) =>
        _compression = new SessionCompression(_loop.Compression, parameters, _settings.CompressionThresholdBytes);

    /// <summary>
    /// Makes the handler; what its constructor throws is the caller's. Services that are the connection's own end with the session from here on.
    /// </summary>
    public void CreateHandler(WsRequest request, IServiceProvider services)
    {
        WsRequest? kept = (Route.Events & WsHandlerEvents.KeepsRequest) != 0 ? request : null;
        if (services is ConnectionServices own)
        {
            own.KeptRequest = kept;
            _kept = own;
        }
        else
        {
            _kept = kept;
        }

        _handler = Route.Create(Connection, request);
    }

    /// <summary>The response 101 has been written: messages may flow.</summary>
    public void Open()
    {
        _closing.OnOpened();
        StartTimer();
        _loop.Add(this);
        if ((Route.Events & WsHandlerEvents.Open) != 0) CallOnOpen();
    }

    /// <summary>Gives up what a session has taken whose handler could not be made.</summary>
    public void Discard()
    {
        _closing.OnTcpEnded();
        _subscriptions.Clear(_loop.Topics);
        CancelClosed();
        EndServices();
    }

    public void Subscribe(string topic)
    {
        if (!_loop.IsCurrent) _loop.PostSubscription(new SubscribeCall(this, topic));
        else if (State != WsState.Closed) _subscriptions.Add(_loop.Topics, topic, this);
    }

    public void Unsubscribe(string topic)
    {
        if (_loop.IsCurrent) _subscriptions.Remove(_loop.Topics, topic);
        else _loop.Post(new UnsubscribeCall(this, topic));
    }

    public static void ThrowIfNotSendable(ushort code, [CallerArgumentExpression(nameof(code))] string? name = null)
    {
        if (!CloseCode.MayBeSent(code))
        {
            throw new ArgumentOutOfRangeException(name, code, "A close frame has a code of 1000-1003, 1007-1014 or 3000-4999 (RFC 6455 section 7.4).");
        }
    }

    private sealed class SubscribeCall(Session session, string topic) : LoopCall
    {
        public override void Run()
        {
            session._loop.OnPostedSubscription();
            session.Subscribe(topic);
        }
    }

    private sealed class UnsubscribeCall(Session session, string topic) : LoopCall
    {
        public override void Run() => session.Unsubscribe(topic);
    }
}
