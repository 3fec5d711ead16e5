using WsAot.Connections;
using WsAot.Logging;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>Refuses requests. The answer tells the client what was wrong; the log also names the option that decides it.</summary>
internal sealed partial class HandshakeConnection
{
    private const string RejectedByApplication = "rejected by the application";

    private int HalfLingerMs => (LingerMs + 1) / 2;

    private void RefuseAfter(Exception exception, WsRoute route)
    {
        if (_isAnswered || _transport.IsClosed) return;
        Log.UpgradeFailed(Logger, exception, route.Options.HandlerName, RemoteEndPoint);
        Refuse(500, "the handler threw", default);
    }

    /// <summary>There is no place to answer from. The descriptor is needed for other connections.</summary>
    private void ResetUnanswered()
    {
        loop.Counters.Answers.Add(0, "max-connections");
        PeerLog log = context.Server.PeerLog;
        if (log.TryTakeLine(PeerLog.Kind.Refused))
        {
            const string Reason = "the connection limit is reached; reset without an answer";
            log.Refused("a connection", RemoteEndPoint, 503, Reason, "--max-connections");
        }

        _transport.Abort();
    }

    private void RefuseHost(RequestHead head) =>
        Refuse(421, $"the host '{Printable.From(AuthorityOf(head))}' is not allowed", head, "--allowed-hosts");

    private void RefusePath(RequestHead head) =>
        Refuse(414, $"the path has {head.Path.Length} bytes (limit {Options.MaxPathBytes})", head, "--max-path-bytes");

    public void RefuseOrigin(RequestHead head)
    {
        head.TryGetHeader("origin"u8, out ReadOnlySpan<byte> origin);
        string reason = $"the origin '{Printable.From(origin)}' is not allowed for the host '{Printable.From(AuthorityOf(head))}'";
        // Only the scheme differs from the server's own origin.
        if (Origin.IsSameOrigin(origin, AuthorityOf(head)))
        {
            reason += _transport.IsEncrypted
                ? ": the client connected with TLS, but the page was loaded without"
                : ": a proxy says that the client connected with TLS, but the page was loaded without";
        }

        Refuse(403, reason, head, "--allowed-origins");
    }

    /// <summary>Refuses bytes that are not a request head.</summary>
    private void RefuseUnread(ReadOnlySpan<byte> received)
    {
        HandshakeError error = _reader.Error;
        string text = error switch
        {
            HandshakeError.HeadTooLarge => $"The request head is larger than {Options.MaxHeadBytes} bytes.",
            HandshakeError.TooManyHeaders => $"The request has more than {Options.MaxHeaderCount} headers.",
            HandshakeError.MalformedHeader or HandshakeError.MalformedRequestLine or HandshakeError.UnsupportedHttpVersion =>
                HandshakeErrors.Explain(error, NameOf(_reader.GetFailedLine(received))),
            _ => HandshakeErrors.Describe(error).Text,
        };
        string? option = error switch
        {
            HandshakeError.HeadTooLarge => "--max-head-bytes",
            HandshakeError.TooManyHeaders => "--max-header-count",
            HandshakeError.TlsClientHello => "--urls",
            HandshakeError.ProxyProtocol => "--proxy-protocol",
            _ => null,
        };
        Refuse(HandshakeErrors.Describe(error).StatusCode, text, default, option);
    }

    /// <summary>The line up to its colon, because a password may follow.</summary>
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        return colon < 0 ? line : line[..colon];
    }

    public void Refuse(HandshakeError error, RequestHead head)
    {
        string text = HandshakeErrors.Explain(error, head);
        int statusCode = HandshakeErrors.Describe(error).StatusCode;
        if (statusCode == 426)
        {
            KeyValuePair<string, string> version = new("Sec-WebSocket-Version", "13");
            Refuse(426, text, head, null, KeyValuePair.Create("Upgrade", "websocket"), version);
        }
        else if (statusCode == 405)
        {
            Refuse(405, text, head, null, KeyValuePair.Create("Allow", "GET"));
        }
        else
        {
            Refuse(statusCode, text, head);
        }
    }

    /// <param name="statusCode">The status of the response.</param>
    /// <param name="reason">What was wrong, and what was expected.</param>
    /// <param name="head">The request; default if it could not be read.</param>
    /// <param name="option">The option that decides it; null if there is none.</param>
    /// <param name="headers">Further headers of the response.</param>
    public void Refuse(
        int statusCode, string reason, RequestHead head, string? option = null, params ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        LogRefused(loop, _transport, statusCode, reason, head, option, _forwarded);
        byte[] response = HttpResponse.Text(statusCode, reason, _omitsBody, Hsts, headers, UtcNow);
        Reply(statusCode, ReasonFor(statusCode, reason, option), response);
    }

    /// <summary>Logs a refused request.</summary>
    public static void LogRefused(
        LoopState loop,
        TransportConnection transport,
        int statusCode,
        string reason,
        RequestHead head,
        string? option,
        ForwardedClient? forwarded = null)
    {
        PeerLog log = loop.Server.PeerLog;
        if (!log.TryTakeLine(PeerLog.Kind.Refused, statusCode)) return;
        string client = (forwarded?.Address ?? transport.RemoteAddress).ToString();
        log.Refused(Describe(head, forwarded?.Host), client, statusCode, reason, option);
    }

    /// <summary>The label for the cause of an answer, from a small set: the option that decided it, or the kind of request.</summary>
    public static string ReasonFor(int statusCode, string reason, string? option)
    {
        if (option is not null) return option[2..].Split(' ', 2)[0];
        if (ReferenceEquals(reason, RejectedByApplication)) return "application";
        return statusCode switch
        {
            404 => "not-found",
            426 => "no-upgrade",
            500 => "exception",
            _ => "request",
        };
    }

    private static string Describe(RequestHead head, byte[]? forwardedHost)
    {
        if (head.Method.IsEmpty) return "a request";
        string host = Printable.From(forwardedHost ?? head.Authority);
        string text = $"{Printable.From(head.Method)} {Printable.From(head.Path)} for host '{host}'";
        return head.TryGetHeader("origin"u8, out ReadOnlySpan<byte> origin) ? $"{text}, origin '{Printable.From(origin)}'," : text;
    }

    private void ReplyPage(HttpPage page) => Reply(200, "page", HttpResponse.Ok(page, _omitsBody, Hsts, UtcNow));

    private void ReplyOptions(string allow) => Reply(200, "options", HttpResponse.Options(allow, Hsts, UtcNow));

    /// <param name="statusCode">The status, for the count of answers.</param>
    /// <param name="reason">The cause, as a label from a small set.</param>
    /// <param name="response">The whole answer.</param>
    private void Reply(int statusCode, string reason, byte[] response)
    {
        loop.Counters.Answers.Add(statusCode, reason);
        _transport.Write(response, default);
        Linger();
    }

    /// <summary>Ends the connection when all output has been sent.</summary>
    public void Linger()
    {
        _isAnswered = true;
        _transport.ShutdownOutput();
        // The connection may stay open for a while, but its request is no longer needed.
        ReturnHead();
        LeaveAddress();
        _output.Restart(_transport.GetDelivery().AcknowledgedBytes);
        loop.Timers.Schedule(this, loop.NowMs + HalfLingerMs);
    }

    /// <summary>
    /// Sending a large page over a slow line may take longer than the timeout; it only has to make progress. Once the client has all of it,
    /// it has one timeout to end its side. The deadline is checked twice in a timeout, to see when that time begins.
    /// </summary>
    private void EndOrWait(long nowMs)
    {
        OutputDelivery delivery = _transport.GetDelivery();
        if (delivery.IsComplete)
        {
            if (_isDelivered)
            {
                _transport.Close();
                return;
            }

            _isDelivered = true;
        }
        else
        {
            _isHalfTime = !_isHalfTime;
            if (!_isHalfTime && !_output.MayWait(delivery.AcknowledgedBytes))
            {
                _transport.Abort();
                return;
            }
        }

        loop.Timers.Schedule(this, nowMs + HalfLingerMs);
    }
}
