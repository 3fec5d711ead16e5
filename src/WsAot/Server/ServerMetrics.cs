using System.Globalization;
using WsAot.Connections;
using WsAot.Limits;
using WsAot.Metrics;
using WsAot.Routing;
using WsAot.Topics;

namespace WsAot.Server;

/// <summary>
/// Adds up the counters of a server's loops. It reads the numbers without asking a loop, so it works while a loop is busy. Any thread.
/// <c>ServerMetrics.Calls.cs</c> has the JSON-RPC methods, <c>ServerMetrics.Process.cs</c> what loops do not count.
/// </summary>
internal sealed partial class ServerMetrics
{
    private static readonly (int Kind, string Name)[] s_receivedKinds = [(1, "text"), (2, "binary"), (3, "ping"), (4, "pong")];
    private static readonly (int Kind, string Name)[] s_sentKinds = [(1, "text"), (2, "binary"), (8, "close"), (9, "ping"), (10, "pong")];
    private static readonly (MemoryLevel Level, string Name)[] s_memoryLevels =
        [(MemoryLevel.Low, "normal"), (MemoryLevel.High, "refuse"), (MemoryLevel.Critical, "close")];

    private readonly ServerContext _context;
    private readonly ServerLifetime _lifetime;
    private readonly double _startSeconds;

    /// <param name="context">The server.</param>
    /// <param name="lifetime">Its loops.</param>
    public ServerMetrics(ServerContext context, ServerLifetime lifetime)
    {
        (_context, _lifetime) = (context, lifetime);
        _startSeconds = context.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
    }

    /// <summary>The delays of the loops, in their order; empty if they are not measured.</summary>
    public IReadOnlyList<LoopDelay> Delays { get; set; } = [];

    private ServerLoop[] Loops => _lifetime.Loops;

    private IReadOnlyList<WsRoute> Routes => _lifetime.Routes;

    public void Collect(MetricSink sink)
    {
        CollectServer(sink);
        CollectConnections(sink);
        CollectMessages(sink);
        CollectCalls(sink);
        CollectTopics(sink);
        CollectLoops(sink);
        CollectTls(sink);
        CollectProcess(sink);
    }

    private void CollectConnections(MetricSink sink)
    {
        sink.Begin(MetricFamilies.Connections);
        foreach (WsRoute route in Routes)
        {
            // Closed ones are read first: a connection that closes meanwhile must not make a number negative.
            long closed = Sum(route, static (in RouteCounters counters) => Volatile.Read(in counters.Closed));
            long ending = Sum(route, static (in RouteCounters counters) => Volatile.Read(in counters.Ending));
            long opened = Sum(route, static (in RouteCounters counters) => Volatile.Read(in counters.Opened));
            sink.Add(opened - ending, NameOf(route), "open");
            sink.Add(ending - closed, NameOf(route), "closing");
        }

        PerRoute(sink, MetricFamilies.Opened, static (in RouteCounters counters) => Volatile.Read(in counters.Opened));
        CollectEnds(sink);
        CollectAnswers(sink);
        sink.Begin(MetricFamilies.Handshakes);
        int handshakes = 0;
        foreach (ServerLoop loop in Loops) handshakes += loop.Handshakes.Count;
        sink.Add(handshakes);
        sink.Begin(MetricFamilies.MaxConnections);
        sink.Add(_context.Connections.Max);
    }

    private void CollectEnds(MetricSink sink)
    {
        sink.Begin(MetricFamilies.Closed);
        foreach (WsRoute route in Routes)
        {
            var ends = new EndCounts();
            foreach (ServerLoop loop in Loops)
            {
                if (Volatile.Read(in loop.Handshakes.SettingsOf(route).Counters.Ends) is { } one) ends.Add(one);
            }

            for (int cause = 0; cause < EndCounts.MaxCauses; cause++)
            {
                for (int code = 0; code < CloseCodes.Count; code++)
                {
                    if (ends[cause, code] is not (> 0 and var count)) continue;
                    var end = (EndCause)cause;
                    sink.Add(count, NameOf(route), CloseCodes.NameOf(code), EndCauses.NameOf(end), EndCauses.BeginnerOf(end));
                }
            }
        }
    }

    private void CollectAnswers(MetricSink sink)
    {
        sink.Begin(MetricFamilies.Answers);
        long upgrades = 0;
        foreach (WsRoute route in Routes) upgrades += Sum(route, static (in RouteCounters counters) => Volatile.Read(in counters.Opened));
        sink.Add(upgrades, "101", "upgrade");
        var answers = new AnswerCounts();
        foreach (ServerLoop loop in Loops) answers.Add(loop.State.Counters.Answers);
        for (int i = 0; i < answers.Count; i++)
        {
            (int status, string reason, long count) = answers[i];
            sink.Add(count, status == 0 ? "none" : status.ToString(CultureInfo.InvariantCulture), reason);
        }
    }

    private void CollectMessages(MetricSink sink)
    {
        sink.Begin(MetricFamilies.Received);
        ByKind(sink, s_receivedKinds, static (in RouteCounters counters, int kind) => counters.Received[kind].Count);
        sink.Begin(MetricFamilies.ReceivedBytes);
        ByKind(sink, s_receivedKinds, static (in RouteCounters counters, int kind) => counters.Received[kind].Bytes);
        sink.Begin(MetricFamilies.Sent);
        ByKind(sink, s_sentKinds, static (in RouteCounters counters, int kind) => counters.Sent[kind].Count);
        sink.Begin(MetricFamilies.SentBytes);
        ByKind(sink, s_sentKinds, static (in RouteCounters counters, int kind) => counters.Sent[kind].Bytes);
        PerRoute(sink, MetricFamilies.BeforeDeflate, static (in RouteCounters counters) => Volatile.Read(in counters.BytesBeforeDeflate));
        PerRoute(sink, MetricFamilies.AfterDeflate, static (in RouteCounters counters) => Volatile.Read(in counters.BytesAfterDeflate));
        PerRoute(sink, MetricFamilies.BeforeInflate, static (in RouteCounters counters) => Volatile.Read(in counters.BytesBeforeInflate));
        PerRoute(sink, MetricFamilies.AfterInflate, static (in RouteCounters counters) => Volatile.Read(in counters.BytesAfterInflate));
        PerRoute(sink, MetricFamilies.RatePauses, static (in RouteCounters counters) => Volatile.Read(in counters.RatePauses));
        sink.Begin(MetricFamilies.RatePausedTime);
        foreach (WsRoute route in Routes)
        {
            sink.Add(Sum(route, static (in RouteCounters counters) => Volatile.Read(in counters.RatePausedMs)) / 1000.0, NameOf(route));
        }

        PerRoute(sink, MetricFamilies.Dropped, static (in RouteCounters counters) => Volatile.Read(in counters.Dropped));
        sink.Begin(MetricFamilies.PendingOutput);
        long[] pending = _lifetime.SumPendingOutput();
        for (int i = 0; i < pending.Length; i++) sink.Add(pending[i], NameOf(Routes[i]));
        sink.Begin(MetricFamilies.HandlerTime);
        foreach (WsRoute route in Routes)
        {
            var all = new Histogram();
            foreach (ServerLoop loop in Loops)
            {
                if (Volatile.Read(in loop.Handshakes.SettingsOf(route).Counters.HandlerTime) is { } one) all.Add(one);
            }

            sink.Add(all, NameOf(route));
        }
    }

    private void CollectTopics(MetricSink sink)
    {
        sink.Begin(MetricFamilies.Topics);
        sink.Add(_context.Topics.Count);
        sink.Begin(MetricFamilies.Subscriptions);
        long subscriptions = 0;
        long published = _context.Topics.PublishedElsewhere;
        long delivered = 0, recovered = 0, complete = 0, incomplete = 0, present = 0;
        foreach (ServerLoop loop in Loops)
        {
            LoopTopics topics = loop.State.Topics;
            subscriptions += topics.SubscriptionCount;
            published += topics.Published;
            delivered += topics.Delivered;
            recovered += topics.Recovered;
            complete += topics.CompleteRecoveries;
            incomplete += topics.IncompleteRecoveries;
            present += topics.PresentCount;
        }

        sink.Add(subscriptions);
        sink.Begin(MetricFamilies.Published);
        sink.Add(published);
        sink.Begin(MetricFamilies.Delivered);
        sink.Add(delivered);
        sink.Begin(MetricFamilies.DeliveriesDropped);
        sink.Add(_context.Topics.Dropped);
        if (_context.Topics.Backplane is { } backplane) CollectBackplane(sink, backplane.Counts);
        if (!_context.Topics.HasRules) return;
        sink.Begin(MetricFamilies.KeptTopics);
        sink.Add(_context.Topics.KeptCount);
        sink.Begin(MetricFamilies.HistoryBytes);
        sink.Add(_context.Topics.HistoryBytes);
        sink.Begin(MetricFamilies.Recoveries);
        sink.Add(complete, "complete");
        sink.Add(incomplete, "incomplete");
        sink.Begin(MetricFamilies.Recovered);
        sink.Add(recovered);
        sink.Begin(MetricFamilies.Present);
        sink.Add(present);
    }

    private static void CollectBackplane(MetricSink sink, in BackplaneCounts counts)
    {
        sink.Begin(MetricFamilies.BackplaneConnected);
        sink.Add(counts.IsConnected ? 1 : 0);
        sink.Begin(MetricFamilies.BackplaneDropped);
        sink.Add(counts.DroppedFull, "full");
        sink.Add(counts.DroppedFailed, "failed");
        sink.Add(counts.DroppedUnconfirmed, "unconfirmed");
        sink.Add(counts.DroppedReceived, "received");
    }

    private static string NameOf(WsRoute route) => route.Options.Template;

    private void PerRoute(MetricSink sink, MetricFamily family, ReadCounter read)
    {
        sink.Begin(family);
        foreach (WsRoute route in Routes) sink.Add(Sum(route, read), NameOf(route));
    }

    private void ByKind(MetricSink sink, (int Kind, string Name)[] kinds, ReadCounterOfKind read)
    {
        foreach (WsRoute route in Routes)
        {
            foreach ((int kind, string name) in kinds)
            {
                long sum = 0;
                foreach (ServerLoop loop in Loops) sum += read(in loop.Handshakes.SettingsOf(route).Counters, kind);
                sink.Add(sum, NameOf(route), name);
            }
        }
    }

    private long Sum(WsRoute route, ReadCounter read)
    {
        long sum = 0;
        foreach (ServerLoop loop in Loops) sum += read(in loop.Handshakes.SettingsOf(route).Counters);
        return sum;
    }

    private delegate long ReadCounter(in RouteCounters counters);

    private delegate long ReadCounterOfKind(in RouteCounters counters, int kind);
}
