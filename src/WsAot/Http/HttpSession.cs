using Microsoft.Extensions.Logging;
using WsAot.Compression;
using WsAot.Hosting;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Sessions;
using WsAot.Timers;
using WsAot.Transport;

namespace WsAot.Http;

/// <summary>
/// A connection until its one request is answered: with a page, with a refusal, or with 101, after which a <see cref="Session"/> takes its
/// place. There is no keep-alive; whoever serves pages in earnest has another server for them.
/// </summary>
internal sealed class HttpSession(ServerLoop loop) : Timed, IConnectionHandler
{
    private TransportConnection _transport = null!;
    private RequestHeadReader _reader;
    private byte[]? _head;
    private int _headLength;
    private Upgrade? _upgrade;
    private Slot _slot;
    private bool _isHead;
    private bool _isAnswered;

    private enum Slot : byte
    {
        None,
        Connection,
        Refusal,

        /// <summary>The connection is a <see cref="Session"/>'s, and its place among the connections too.</summary>
        Opened,
    }

    private WsServer Server => loop.Server;

    private string RemoteEndPoint => _transport.RemoteAddress.ToIPEndPoint().ToString();

    /// <summary>Begins with a new connection; the one before has gone, or has been opened.</summary>
    public void Start(TransportConnection transport)
    {
        _transport = transport;
        if (Server.TryTakeConnection()) _slot = Slot.Connection;
        else if (Server.TryTakeRefusal()) _slot = Slot.Refusal;
        // Those who are to be refused take descriptors too, so only a few of them get an answer.
        if (_slot == Slot.None) _transport.Abort();
        else loop.Timers.Schedule(this, loop.NowMs + Server.Options.HandshakeTimeoutMs);
    }

    public void OnReceived(Span<byte> bytes)
    {
        // The rest of a request that is answered already is read so that the end of the connection is no reset.
        if (_isAnswered) return;
        if (_upgrade is not null)
        {
            Refuse(HandshakeError.DataBeforeResponse);
            return;
        }

        ReadOnlySpan<byte> received = _head is null ? bytes : Append(bytes);
        switch (_reader.Read(received, Server.HandshakeLimits))
        {
            case HeadReadStatus.Done:
                Answer(received);
                ReturnHead();
                if (_slot == Slot.Opened) GiveBack();
                break;
            case HeadReadStatus.Error:
                Refuse(_reader.Error);
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
        // A large page over a slow line takes the time it takes.
        if (_isAnswered) loop.Timers.Schedule(this, loop.NowMs + Server.Options.CloseTimeoutMs);
    }

    public void OnClosed()
    {
        loop.Timers.Cancel(this);
        loop.Remove(this);
        ReturnHead();
        if (_slot == Slot.Connection) Server.ReturnConnection();
        else if (_slot == Slot.Refusal) Server.ReturnRefusal();
        if (_upgrade is { } upgrade) upgrade.Cancel();
        else GiveBack();
    }

    /// <summary>The server stops: whoever has not got an answer gets none.</summary>
    public void OnStopping()
    {
        if (!_isAnswered) _transport.Close();
    }

    internal override void OnDue(long nowMs)
    {
        if (_isAnswered)
        {
            _transport.Abort();
        }
        else if (_upgrade is { } upgrade)
        {
            // In this order: the cancelled method may end within the call.
            Refuse(503, "OnUpgrade took too long");
            upgrade.Cancel();
        }
        else
        {
            Refuse(408, "the request head took too long");
        }
    }

    /// <summary>The answer of the handler's OnUpgrade method is there.</summary>
    internal void OnUpgradeAnswered(Upgrade upgrade, WsUpgrade answer)
    {
        if (_isAnswered || _transport.IsClosed) return;
        if (answer.IsAccepted) Open(upgrade.Route, upgrade.Request, answer, upgrade.Services);
        else Refuse(answer.StatusCode, "rejected by the application", [.. answer.Headers]);
    }

    internal void OnUpgradeFailed(Upgrade upgrade, Exception exception) => RefuseAfter(exception, upgrade.Route);

    /// <summary>No connection has come of the upgrade.</summary>
    internal void End(ConnectionServices services) => loop.End(services);

    private Span<byte> Append(ReadOnlySpan<byte> bytes)
    {
        // One byte more than the limit is enough for the reader to see that it was passed.
        int fits = Math.Min(bytes.Length, Server.HandshakeLimits.MaxHeadBytes + 1 - _headLength);
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
        bool isPathGood = loop.Request.Path.TryParse(head.Path);
        _isHead = head.Method.SequenceEqual("HEAD"u8);
        if (_slot == Slot.Refusal) Refuse(503, "the connection limit is reached");
        else if (!isPathGood) Refuse(400, "the path is malformed");
        else if (!OpeningHandshake.IsUpgradeToWebSocket(head)) AnswerPlain(head);
        // Section 4.1: the client waits for the answer. Whoever does not may mean these bytes for somebody behind us.
        else if (received.Length > bytes.Length) Refuse(HandshakeError.DataBeforeResponse);
        else AnswerUpgrade(bytes);
    }

    private void AnswerPlain(RequestHead head)
    {
        // RFC 9112 section 3.2: which host is meant must be said once, from 1.1 on.
        if (head.MinorVersion > 0 && head.CountHeader("host"u8) != 1)
        {
            Refuse(head.CountHeader("host"u8) == 0 ? HandshakeError.MissingHost : HandshakeError.DuplicateHeader);
        }
        else if (Server.FindPage(head.Path) is { } page)
        {
            if (_isHead || head.Method.SequenceEqual("GET"u8)) Reply(HttpResponse.Ok(page, _isHead, Server.UtcNow));
            else Refuse(405, "a page is read with GET or HEAD", KeyValuePair.Create("Allow", "GET, HEAD"));
        }
        else if (Server.Routes.Match(loop.Request.Path.AsWsPath()) is not null)
        {
            Refuse(HandshakeError.NotAnUpgrade);
        }
        else
        {
            Refuse(404, "nothing is at that path");
        }
    }

    private void AnswerUpgrade(ReadOnlySpan<byte> bytes)
    {
        var head = new RequestHead(bytes);
        HandshakeError error = OpeningHandshake.Validate(head);
        if (error != HandshakeError.None)
        {
            Refuse(error);
            return;
        }

        if (!Server.Origins.IsAllowed(head))
        {
            Refuse(403, "the origin is not allowed");
            return;
        }

        WsRoute? route = Server.Routes.Match(loop.Request.Path.AsWsPath());
        WsRequest? request = route is null ? null
            : (route.Events & (WsHandlerEvents.Upgrade | WsHandlerEvents.KeepsRequest)) != 0
                ? loop.Request.Copy(bytes, _transport.RemoteAddress)
                : loop.Request.Take(bytes, _transport.RemoteAddress);
        if (request is null || !route!.Accepts(request))
        {
            Refuse(404, "no route matches the path");
        }
        else
        {
            Upgrade(route, request, Server.Services.ForConnection());
        }
    }

    private void Upgrade(WsRoute route, WsRequest request, IServiceProvider services)
    {
        // Nobody is asked, and nothing has to be ended if no connection comes of it: the rule.
        if ((route.Events & WsHandlerEvents.Upgrade) == 0 && services is not ConnectionServices)
        {
            Open(route, request, WsUpgrade.Accept(), services);
            return;
        }

        _upgrade = new Upgrade(this, route, request, services);
        _upgrade.Begin();
    }

    private void Open(WsRoute route, WsRequest request, WsUpgrade answer, IServiceProvider services)
    {
        RequestHead head = request.Head;
        if (answer.Subprotocol is { } chosen && !Subprotocols.IsOffered(head, chosen))
        {
            // Section 4.2.2: a subprotocol that was not offered would make the client fail the connection.
            RefuseAfter(new InvalidOperationException($"The client does not offer the subprotocol '{chosen}'."), route);
            return;
        }

        string? subprotocol = answer.Subprotocol ?? Subprotocols.Select(head, route.Options.Subprotocols);
        RouteSettings settings = Server.SettingsOf(route);
        var session = new Session(loop, _transport, settings, Server.NextConnectionId(), settings.PathOf(request), subprotocol);
        string? extensions = null;
        if (CompressionFeature.IsSupported && settings.Deflate is { } policy
            && DeflateNegotiation.TryAccept(head, policy, out DeflateParameters parameters, out extensions))
        {
            session.UseCompression(parameters);
        }

        try
        {
            request.UpgradeWithValue = answer.WithValue;
            _upgrade?.OnServicesTaken();
            session.CreateHandler(request, services);
            request.UpgradeWithValue = null;
        }
        catch (Exception exception)
        {
            session.Discard();
            RefuseAfter(exception, route);
            return;
        }

        _isAnswered = true;
        head.TryGetHeader("sec-websocket-key"u8, out ReadOnlySpan<byte> key);
        HttpResponse.SwitchProtocols(_transport, key, subprotocol, extensions, answer.Headers);
        loop.Timers.Cancel(this);
        loop.Remove(this);
        _transport.Handler = session;
        _slot = Slot.Opened;
        session.Open();
    }

    private void RefuseAfter(Exception exception, WsRoute route)
    {
        if (_isAnswered || _transport.IsClosed) return;
        Log.UpgradeFailed(Server.Logger, exception, route.Options.HandlerName, RemoteEndPoint);
        Refuse(500, "the handler threw");
    }

    /// <summary>Leaves this object to the next connection. One that an OnUpgrade method may still answer is not used again.</summary>
    private void GiveBack()
    {
        if (_upgrade is not null) return;
        _reader = default;
        _headLength = 0;
        _slot = Slot.None;
        _isHead = _isAnswered = false;
        _transport = null!;
        loop.GiveBack(this);
    }

    private void Refuse(HandshakeError error)
    {
        HandshakeErrorInfo info = HandshakeErrors.Describe(error);
        if (info.StatusCode == 426) Refuse(426, info.Text, KeyValuePair.Create("Upgrade", "websocket"), KeyValuePair.Create("Sec-WebSocket-Version", "13"));
        else if (info.StatusCode == 405) Refuse(405, info.Text, KeyValuePair.Create("Allow", "GET"));
        else Refuse(info.StatusCode, info.Text);
    }

    private void Refuse(int statusCode, string reason, params ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        if (Server.Logger.IsEnabled(LogLevel.Debug)) Log.Refused(Server.Logger, RemoteEndPoint, statusCode, reason);
        Reply(HttpResponse.Text(statusCode, reason, _isHead, headers, Server.UtcNow));
    }

    private void Reply(byte[] response)
    {
        _isAnswered = true;
        _transport.Write(response, default);
        _transport.ShutdownOutput();
        // The peer may stay for a while; what it asked may not.
        ReturnHead();
        loop.Timers.Schedule(this, loop.NowMs + Server.Options.CloseTimeoutMs);
    }
}
