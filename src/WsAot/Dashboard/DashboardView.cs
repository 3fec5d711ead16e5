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
        long[] pending = lifetime.SumPendingOutput();
        var rows = new RouteRow[pending.Length];
        for (int i = 0; i < rows.Length; i++) rows[i] = RowOf(lifetime.Routes[i], pending[i]);
        return rows;
    }

    /// <summary>The topics with the most subscribers.</summary>
    public TopicRow[] Topics(int count)
    {
        List<WsTopicInfo> topics = context.Topics.List("");
        topics.Sort(static (left, right) => left.SubscriberCount != right.SubscriberCount
            ? right.SubscriberCount.CompareTo(left.SubscriberCount)
            : string.CompareOrdinal(left.Name, right.Name));
        var rows = new TopicRow[Math.Clamp(count, 0, Math.Min(topics.Count, MaxRows))];
        for (int i = 0; i < rows.Length; i++) rows[i] = new TopicRow(topics[i].Name, topics[i].SubscriberCount);
        return rows;
    }

    /// <summary>The connections for which the most output waits.</summary>
    public ConnectionRow[] Slowest(int count)
    {
        // Looked at once: it may change while they are sorted.
        var all = lifetime.GetSessions().ConvertAll(RowOf);
        all.Sort(static (left, right) => left.PendingBytes != right.PendingBytes
            ? right.PendingBytes.CompareTo(left.PendingBytes)
            : left.Id.CompareTo(right.Id));
        return [.. all[..Math.Clamp(count, 0, Math.Min(all.Count, MaxRows))]];
    }

    /// <summary>A connection; empty if there is none with that number.</summary>
    public ConnectionRow[] Connection(long id) => Find(id) is { } session ? [RowOf(session)] : [];

    /// <summary>The newest refusals, the latest first.</summary>
    public RefusalRow[] Refusals() => Array.ConvertAll(
        context.PeerLog.Recent?.Read() ?? [],
        static one => new RefusalRow(
            one.Time.ToUnixTimeMilliseconds(), one.RemoteEndPoint, one.Request, one.StatusCode, one.Reason, one.Option ?? ""));

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
        session.PrintableAddress,
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
