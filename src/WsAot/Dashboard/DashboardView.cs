using WsAot.Connections;
using WsAot.Logging;
using WsAot.Metrics;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Server;

namespace WsAot.Dashboard;

/// <summary>What the dashboard shows of a server. Any thread.</summary>
internal sealed class DashboardView(ServerContext context, ServerLifetime lifetime, SampleHistory history)
{
    private const int MaxRows = 1000;

    public SampleHistory History => history;

    public ServerInfo Info() => new(
        ApplicationVersion.Text,
        lifetime.TransportName,
        lifetime.Loops.Length,
        [.. context.Server.Urls],
        lifetime.StartedMs,
        context.Connections.Max,
        lifetime.IsReady);

    public RouteRow[] Routes()
    {
        var pending = new Dictionary<WsRoute, long>();
        foreach (ServerLoop loop in lifetime.Loops) loop.State.Sessions.AddPendingOutput(pending);
        return [.. lifetime.Routes.Select(route => RowOf(route, pending.GetValueOrDefault(route)))];
    }

    /// <summary>The topics with the most subscribers.</summary>
    public TopicRow[] Topics(int count) =>
    [
        .. context.Topics.List("")
            .OrderByDescending(static topic => topic.SubscriberCount)
            .ThenBy(static topic => topic.Name, StringComparer.Ordinal)
            .Take(Math.Clamp(count, 0, MaxRows))
            .Select(static topic => new TopicRow(topic.Name, topic.SubscriberCount)),
    ];

    /// <summary>The connections for which the most output waits.</summary>
    public ConnectionRow[] Slowest(int count) =>
    [
        .. lifetime.GetSessions()
            .OrderByDescending(static session => session.PendingOutputBytes)
            .ThenBy(static session => session.Connection.Id)
            .Take(Math.Clamp(count, 0, MaxRows))
            .Select(RowOf),
    ];

    /// <summary>A connection; empty if there is none with that number.</summary>
    public ConnectionRow[] Connection(long id) => Find(id) is { } session ? [RowOf(session)] : [];

    /// <summary>The newest refusals, the latest first.</summary>
    public RefusalRow[] Refusals() =>
    [
        .. (context.PeerLog.Recent?.Read() ?? [])
            .Select(static one => new RefusalRow(
                one.Time.ToUnixTimeMilliseconds(), one.RemoteEndPoint, one.Request, one.StatusCode, one.Reason, one.Option ?? "")),
    ];

    /// <returns>False if there is no such connection.</returns>
    public bool Close(long id, int code, string reason)
    {
        if (Find(id) is not { } session) return false;
        session.Close((ushort)code, reason);
        AdminLog.Closing(context.Logger, id, code, reason);
        return true;
    }

    public TopicListener Listen(string topic) => new(lifetime.Loops[0].State, topic, context.TimeProvider);

    private static ConnectionRow RowOf(Session session) => new(
        session.Connection.Id,
        session.Route.Options.Template,
        Printable.From(session.Connection.NamedPath.Utf8),
        session.Transport.RemoteAddress.ToIPEndPoint().ToString(),
        session.State == WsState.Open ? "open" : "closing",
        session.PendingOutputBytes);

    private Session? Find(long id) => lifetime.GetSessions().Find(session => session.Connection.Id == id);

    private RouteRow RowOf(WsRoute route, long pendingBytes)
    {
        (long opened, long ending, long dropped) = (0, 0, 0);
        var (received, sent) = (default(FrameCount), default(FrameCount));
        var time = new Histogram();
        foreach (ServerLoop loop in lifetime.Loops)
        {
            ref readonly RouteCounters counters = ref loop.Handshakes.SettingsOf(route).Counters;
            ending += Volatile.Read(in counters.Ending);
            opened += Volatile.Read(in counters.Opened);
            dropped += Volatile.Read(in counters.Dropped);
            // Text and binary, whose numbers are the same in both.
            for (int kind = 1; kind <= 2; kind++)
            {
                received += counters.Received[kind];
                sent += counters.Sent[kind];
            }

            if (Volatile.Read(in counters.HandlerTime) is { } one) time.Add(one);
        }

        return new RouteRow(
            route.Options.Template,
            opened - ending,
            opened,
            received.Count,
            sent.Count,
            received.Bytes,
            sent.Bytes,
            dropped,
            pendingBytes,
            time.QuantileMs(0.5),
            time.QuantileMs(0.99));
    }
}
