using Microsoft.Extensions.Logging;
using WsAot.Connections;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Liveness;
using WsAot.Routing;
using WsAot.Timers;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>
/// A connection until its request is answered: with a page, with a refusal, or with 101, after which a <see cref="Session"/> takes over. It
/// serves one request, unless the application maps plain HTTP: then a <see cref="LoopHttp"/> takes over, and hands the connection back for
/// the head of the next request. <c>.Opening.cs</c> opens the connection; <c>.Tls.cs</c>, <c>.Forwarding.cs</c> and <c>.Limits.cs</c> add
/// TLS, proxies and limits; <c>.Stopping.cs</c> is for a server that stops.
/// </summary>
internal sealed partial class HandshakeConnection(HandshakeContext context, LoopState loop, LoopHandshakes handshakes)
    : TimerNode, IConnectionHandler
{
    private TransportConnection _transport = null!;
    private RequestHeadReader _reader;
    private OutputProgress _output;
    private byte[]? _head;
    private int _headLength;
    private CancellationTokenSource? _decision;     // set when the application is asked; stays set afterwards
    private WsRequest? _asked;                      // what the application is asked about
    private IConnectionHandler? _kept;              // has served earlier requests of this connection
    private ConnectionPlace _place;
    private bool _omitsBody;
    private bool _isAnswered;
    private bool _isDelivered;                      // seen by the deadline
    private bool _isHalfTime;

    /// <summary>How long a connection beyond the limit keeps its place. Health checks need these few places too.</summary>
    public const int RefusalMs = 1000;

    public TransportConnection Transport => _transport;

    private int HandshakeMs =>
        _place == ConnectionPlace.Refusal ? Math.Min(RefusalMs, Options.HandshakeTimeoutMs) : Options.HandshakeTimeoutMs;

    private int LingerMs => _place == ConnectionPlace.Refusal ? Math.Min(RefusalMs, Options.CloseTimeoutMs) : Options.CloseTimeoutMs;

    private WsServerOptions Options => context.Server.Options;

    private DateTimeOffset UtcNow => context.Server.TimeProvider.GetUtcNow();

    private string? Hsts => context.HstsFor(_transport, _forwarded);

    private ILogger Logger => context.Server.Logger;

    private string RemoteEndPoint => ClientAddress.ToString();

    /// <summary>Takes a new connection; the previous one has closed or has been opened.</summary>
    public void Begin(TransportConnection transport)
    {
        _transport = transport;
        _place = handshakes.TakePlace();
        if (_place == ConnectionPlace.None) ResetUnanswered();
        else loop.Timers.Schedule(this, loop.NowMs + HandshakeMs);
    }

    /// <summary>Takes back a connection that was handed over: to read the head of its next request, to refuse it, or to end it.</summary>
    /// <param name="transport">The connection.</param>
    /// <param name="place">Its place in the limit.</param>
    /// <param name="kept">The object that served it, which serves the next request too.</param>
    /// <param name="forwarded">What trusted proxies say about the client of the request that is refused.</param>
    /// <param name="omitsBody">Whether a refusal answers HEAD.</param>
    public void Resume(
        TransportConnection transport, ConnectionPlace place, IConnectionHandler? kept, ForwardedClient? forwarded, bool omitsBody)
    {
        (_transport, _place, _kept, _forwarded, _omitsBody) = (transport, place, kept, forwarded, omitsBody);
        transport.Handler = this;
        loop.Timers.Schedule(this, loop.NowMs + HandshakeMs);
    }

    public void OnReceived(Span<byte> bytes)
    {
        loop.BeginTurn();
        // The rest of an answered request is read, so that closing does not reset the connection.
        if (_isAnswered) return;
        if (_decision is not null)
        {
            Refuse(HandshakeError.DataBeforeResponse, _asked!.Head);
            return;
        }

        ReadOnlySpan<byte> received = _head is null ? bytes : Append(bytes);
        switch (_reader.Read(received, context.Limits))
        {
            case HeadReadStatus.Done:
                Answer(received);
                ReturnHead();
                if (_place == ConnectionPlace.HandedOver) GiveBack();
                break;
            case HeadReadStatus.Error:
                RefuseUnread(received);
                break;
            default:
                if (_head is null) Append(bytes);
                break;
        }
    }

    public void OnPeerShutdown()
    {
        if (!_isAnswered) _transport.Close();
    }

    public void OnOutputProgress()
    {
        // The deadline checks how far the output has come.
    }

    public void OnClosed()
    {
        loop.Timers.Cancel(this);
        handshakes.Remove(this);
        ReturnHead();
        LeaveAddress();
        handshakes.ReturnPlace(_place);
        if (_decision is not null) CancelDecision();
        else GiveBack();
    }

    internal override void OnDue(long nowMs)
    {
        if (_isAnswered)
        {
            EndOrWait(nowMs);
        }
        else if (_decision is not null)
        {
            // Refuse first: the cancelled method may end inside the call.
            Refuse(503, $"OnUpgrade took longer than {Options.HandshakeTimeoutMs} ms", _asked!.Head, "--handshake-timeout-ms");
            CancelDecision();
        }
        else if (!_transport.IsEstablished)
        {
            EndTlsHandshake();
        }
        else if (_head is null)
        {
            // Load balancers and browsers open connections in advance. Nothing was asked, so there is nothing to answer or log. The metrics
            // show them if there are many.
            loop.Counters.Answers.Add(0, "handshake-timeout-ms");
            _transport.Close();
        }
        else
        {
            Refuse(408, $"the request head took longer than {HandshakeMs} ms", default, "--handshake-timeout-ms");
        }
    }

    private Span<byte> Append(ReadOnlySpan<byte> bytes)
    {
        // One byte above the limit shows the reader that the limit is exceeded. With plain HTTP, further requests may follow the head, and
        // none of them may be lost.
        int fits = handshakes.Http is null ? Math.Min(bytes.Length, context.Limits.MaxHeadBytes + 1 - _headLength) : bytes.Length;
        int length = _headLength + fits;
        if (_head is null || length > _head.Length)
        {
            byte[] larger = loop.Pool.Rent(Math.Max(length, 2 * _headLength));
            _head.AsSpan(0, _headLength).CopyTo(larger);
            ReturnHead();
            _head = larger;
        }

        bytes[..fits].CopyTo(_head.AsSpan(_headLength));
        _headLength = length;
        return _head.AsSpan(0, length);
    }

    private void ReturnHead()
    {
        if (_head is not { } head) return;
        _head = null;
        loop.Pool.Return(head);
    }

    private void Answer(ReadOnlySpan<byte> received)
    {
        ReadOnlySpan<byte> bytes = received[.._reader.Length];
        var head = new RequestHead(bytes);
        ReadForwarded(head);
        bool isPathGood = handshakes.Request.Path.TryParse(head.Path);
        bool isUpgrade = OpeningHandshake.IsUpgradeToWebSocket(head);
        HandshakeError hostError = OpeningHandshake.CheckHost(head);
        _omitsBody = head.Method.SequenceEqual("HEAD"u8);
        if (_place == ConnectionPlace.Refusal && isUpgrade) Refuse(503, "the connection limit is reached", head, "--max-connections");
        else if (hostError == HandshakeError.None && !context.Hosts.IsAllowed(AuthorityOf(head))) RefuseHost(head);
        else if (!isUpgrade && hostError != HandshakeError.None) Refuse(hostError, head);
        else if (!isUpgrade && OpeningHandshake.CheckLength(head) is not HandshakeError.None and var error) Refuse(error, head);
        else if (head.Path.Length > Options.MaxPathBytes) RefusePath(head);
        else if (context.IsRedirected(_transport, _forwarded)) Redirect(head, hostError);
        else if (!isUpgrade && IsAboutServer(head)) ReplyOptions("GET, HEAD, OPTIONS");
        else if (!isPathGood) Refuse(400, $"the path is malformed: '{Printable.From(head.Path)}'", head);
        else if (!isUpgrade) AnswerPlain(head, received);
        // Section 4.1: the client waits for the answer. Bytes that arrive before it may be meant for another server behind this one.
        else if (received.Length > bytes.Length) Refuse(HandshakeError.DataBeforeResponse, head);
        else AnswerUpgrade(bytes);
    }

    /// <summary>
    /// Whether a load balancer checks that the server is alive: OPTIONS for the asterisk (RFC 9110 section 9.3.7), or for <c>/</c>, which
    /// is the default of HAProxy's httpchk.
    /// </summary>
    private static bool IsAboutServer(RequestHead head) =>
        head.Method.SequenceEqual("OPTIONS"u8) && (head.Target.SequenceEqual("*"u8) || head.Path.SequenceEqual("/"u8));

    private void AnswerPlain(RequestHead head, ReadOnlySpan<byte> received)
    {
        bool isOptions = head.Method.SequenceEqual("OPTIONS"u8);
        if (handshakes.Http is { } http && http.Takes(handshakes.Request.Path, head))
        {
            HandOver(http, received);
        }
        else if (context.FindPage(head.Path) is { } page)
        {
            const string Allow = "GET, HEAD, OPTIONS";
            if (isOptions) ReplyOptions(Allow);
            else if (_omitsBody || head.Method.SequenceEqual("GET"u8)) ReplyPage(page);
            else Refuse(405, "that path allows only GET and HEAD", head, null, KeyValuePair.Create("Allow", Allow));
        }
        else if (context.Routes.Match(handshakes.Request.Path.AsWsPath()) is null)
        {
            Refuse(404, "nothing is at that path", head);
        }
        else if (isOptions)
        {
            ReplyOptions("GET, OPTIONS");
        }
        else
        {
            Refuse(OpeningHandshake.IsUpgradeInHttp10(head) ? HandshakeError.UpgradeInHttp10 : HandshakeError.NotAnUpgrade, head);
        }
    }

    private void HandOver(LoopHttp http, ReadOnlySpan<byte> received)
    {
        loop.Timers.Cancel(this);
        handshakes.Remove(this);
        ConnectionPlace place = _place;
        _place = ConnectionPlace.HandedOver;
        http.Take(_transport, place, _kept, received[.._reader.Length], received[_reader.Length..]);
    }

    private void AnswerUpgrade(ReadOnlySpan<byte> bytes)
    {
        var head = new RequestHead(bytes);
        HandshakeError error = OpeningHandshake.Validate(head);
        if (error != HandshakeError.None)
        {
            Refuse(error, head);
            return;
        }

        if (!context.IsOriginAllowed(head, _transport, _forwarded))
        {
            RefuseOrigin(head);
            return;
        }

        if (!TryAdmit(head)) return;
        WsRoute? route = context.Routes.Match(handshakes.Request.Path.AsWsPath());
        WsRequest? request = route is null ? null
            : (route.Events & (WsHandlerEvents.Upgrade | WsHandlerEvents.KeepsRequest)) != 0
                ? handshakes.Request.Copy(bytes, ClientAddress, context.TlsOf(_transport))
                : handshakes.Request.Take(bytes, ClientAddress);
        if (request is null || !route!.Accepts(request))
        {
            Refuse(404, "no route matches the path", head);
        }
        else if (route.FindQueryError(request) is { } queryError)
        {
            Refuse(400, queryError, head);
        }
        else
        {
            Upgrade(route, request, context.Server.Services.ForConnection());
        }
    }

    /// <summary>Returns this object for reuse, unless an OnUpgrade method may still answer.</summary>
    private void GiveBack()
    {
        if (_decision is not null) return;
        _reader = default;
        _headLength = 0;
        _place = ConnectionPlace.None;
        _omitsBody = _isAnswered = _isDelivered = _isHalfTime = false;
        _output = default;
        _transport = null!;
        _asked = null;
        _kept = null;
        _forwarded = null;
        handshakes.Return(this);
    }
}
