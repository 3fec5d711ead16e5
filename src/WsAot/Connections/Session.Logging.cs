using WsAot.Logging;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Liveness;

namespace WsAot.Connections;

/// <summary>What the log says of the connection: why the server ends it, and that it loses messages.</summary>
internal sealed partial class Session
{
    private bool _isDropLogged;

    // A decoded path can have any character.
    private string PrintablePath => Printable.From(Connection.NamedPath.Utf8);

    private string PrintableAddress => _transport.RemoteAddress.ToIPEndPoint().ToString();

    /// <summary>Logs that the server ends the connection, unless it has begun to end before.</summary>
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
            WriteEnd($"it has answered no ping for {options.PongTimeoutMs} ms, nor taken any output", "--pong-timeout-ms");
        }
        else
        {
            string reason = $"it was closing, and has taken less than 1 KiB in {options.CloseTimeoutMs} ms; the rest is lost";
            WriteEnd(reason, "--close-timeout-ms");
        }
    }

    /// <summary>
    /// Logs the first message that a slow consumer does not get; the next line is for the next time that its output is full.
    /// </summary>
    private void LogDropped()
    {
        if (_isDropLogged) return;
        PeerLog log = _loop.Server.PeerLog;
        _isDropLogged = log.TryTakeLine(PeerLog.Kind.Dropped);
        if (_isDropLogged) log.MessageDropped(Connection.Id, PrintablePath, PrintableAddress);
    }
}
