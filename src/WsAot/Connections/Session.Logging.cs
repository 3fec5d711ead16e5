using System.Text;
using WsAot.Limits;
using WsAot.Logging;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Liveness;

namespace WsAot.Connections;

/// <summary>The log lines about the connection: that it opens and closes, why the server ends it, and that it loses messages.</summary>
internal sealed partial class Session
{
    // A decoded path can contain any character.
    private string PrintablePath => Printable.From(Connection.Names.PathUtf8);

    /// <summary>The client's address as text. Any thread.</summary>
    public string PrintableAddress => _transport.RemoteAddress.ToString();

    /// <summary>Logs that the server ends the connection, unless it has already begun to end.</summary>
    private void LogEnd(string reason, string? option)
    {
        if (EndCause == EndCause.None) WriteEnd(reason, option);
    }

    private void WriteEnd(string reason, string? option)
    {
        PeerLog log = _loop.Server.PeerLog;
        if (log.TryTakeLine(PeerLog.Kind.Ended)) log.Ended(Connection.Id, PrintablePath, PrintableAddress, reason, option);
    }

    private void LogDropOfSilentPeer()
    {
        KeepAliveOptions options = _settings.KeepAlive;
        if (EndCause == EndCause.None)
        {
            WriteEnd($"the client answered no ping and read no output for {options.PongTimeoutMs} ms", "--pong-timeout-ms");
        }
        else
        {
            string reason = $"while closing, the client read less than 1 KiB in {options.CloseTimeoutMs} ms; the rest is lost";
            WriteEnd(reason, "--close-timeout-ms");
        }
    }

    /// <summary>Logs the first message that a slow consumer does not get. The next line follows when its output is full again.</summary>
    private void LogDropped()
    {
        if (_calls.IsDropLogged) return;
        PeerLog log = _loop.Server.PeerLog;
        _calls.IsDropLogged = log.TryTakeLine(PeerLog.Kind.Dropped);
        if (_calls.IsDropLogged) log.MessageDropped(Connection.Id, PrintablePath, PrintableAddress);
    }

    private void LogRateLimited(RateLimiter limiter, RateLimits limits)
    {
        PeerLog log = _loop.Server.PeerLog;
        limiter.IsLogged = log.TryTakeLine(PeerLog.Kind.RateLimited);
        if (!limiter.IsLogged) return;
        (string reason, string option) = limiter.Describe(limits);
        LimitLog.RateLimited(_loop.Server.Logger, Connection.Id, PrintablePath, PrintableAddress, reason, option);
    }

    private void LogTlsFailed(string reason) =>
        TlsLog.ConnectionTlsFailed(_loop.Server.Logger, Connection.Id, PrintablePath, PrintableAddress, reason);

    /// <summary>
    /// Logs that the connection has opened, and starts the counters for the line about its close, if these lines are enabled.
    /// </summary>
    private void LogOpened()
    {
        ServerContext server = _loop.Server;
        if (!server.Logger.IsEnabled(server.ConnectionLogLevel)) return;
        Extras.Counters = new ConnectionCounters(_loop.NowMs);
        _pauses |= PauseReasons.Counted;
        _hasOutputSteps = true;
        Log.Opened(server.Logger, server.ConnectionLogLevel, Identity);
    }

    private void LogClosed()
    {
        if (_extras?.Counters is not { } counters) return;
        string reason = Printable.From(Encoding.UTF8.GetBytes(CloseReason));
        object[] end = [EndCode, reason, EndCauseName, _lifecycle.IsClean, _loop.NowMs - counters.OpenedMs];
        object[] sums = [counters.MessagesReceived, counters.BytesReceived, counters.MessagesSent, counters.BytesSent];
        Log.Closed(_loop.Server.Logger, _loop.Server.ConnectionLogLevel, [.. Identity, .. end, .. sums]);
    }

    private object?[] Identity =>
    [
        Connection.Id, PrintablePath, PrintableAddress, Route.Options.Template, Route.Options.HandlerName, Connection.Subprotocol,
    ];

    private string EndCauseName => EndCause switch
    {
        EndCause.PeerClosed => nameof(EndCause.PeerClosed),
        EndCause.PeerShutdown => nameof(EndCause.PeerShutdown),
        EndCause.PeerReset => nameof(EndCause.PeerReset),
        EndCause.Closed => nameof(EndCause.Closed),
        EndCause.Stopping => nameof(EndCause.Stopping),
        EndCause.UnsupportedData => nameof(EndCause.UnsupportedData),
        EndCause.Aborted => nameof(EndCause.Aborted),
        EndCause.ProtocolError => nameof(EndCause.ProtocolError),
        EndCause.HandlerFailed => nameof(EndCause.HandlerFailed),
        EndCause.IdleTimeout => nameof(EndCause.IdleTimeout),
        EndCause.NoAnswer => nameof(EndCause.NoAnswer),
        EndCause.RateLimited => nameof(EndCause.RateLimited),
        EndCause.LifetimeOver => nameof(EndCause.LifetimeOver),
        EndCause.Replaced => nameof(EndCause.Replaced),
        EndCause.MemoryPressure => nameof(EndCause.MemoryPressure),
        _ => nameof(EndCause.SlowConsumer),
    };

    private void CountSent(int bytes) => _extras?.Counters?.OnSent(bytes);
}
