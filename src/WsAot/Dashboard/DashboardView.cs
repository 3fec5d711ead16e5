using WsAot.Connections;
using WsAot.Logging;
using WsAot.Server;

namespace WsAot.Dashboard;

/// <summary>The data that the dashboard shows. Any thread.</summary>
internal sealed class DashboardView(ServerContext context, ServerLifetime lifetime, SampleHistory history)
{
    private const int MaxRows = 1000;

    public SampleHistory History => history;

    public ServerInfo Info() => new(context, lifetime);

    public DashboardRows Routes()
    {
        long[] pending = lifetime.SumPendingOutput();
        var rows = new DashboardAnswer[pending.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            var row = new RouteRow(lifetime.Routes[i], pending[i]);
            foreach (ServerLoop loop in lifetime.Loops) row.Add(in loop.Handshakes.SettingsOf(lifetime.Routes[i]).Counters);
            rows[i] = row;
        }

        return new DashboardRows(rows);
    }

    /// <summary>The topics with the most subscribers.</summary>
    public DashboardRows Topics(int count)
    {
        List<TopicRow> rows = context.Topics.List("").ConvertAll(static topic => new TopicRow(topic));
        rows.Sort(static (left, right) => left.Topic.SubscriberCount != right.Topic.SubscriberCount
            ? right.Topic.SubscriberCount.CompareTo(left.Topic.SubscriberCount)
            : string.CompareOrdinal(left.Topic.Name, right.Topic.Name));
        return First(count, rows);
    }

    /// <summary>The connections for which the most output waits.</summary>
    public DashboardRows Slowest(int count)
    {
        // Read the values once, because they may change during the sort.
        List<ConnectionRow> rows = lifetime.GetSessions().ConvertAll(static session => new ConnectionRow(session));
        rows.Sort(static (left, right) => left.PendingBytes != right.PendingBytes
            ? right.PendingBytes.CompareTo(left.PendingBytes)
            : left.Id.CompareTo(right.Id));
        return First(count, rows);
    }

    /// <summary>A connection; empty if there is none with that number.</summary>
    public DashboardRows Connection(long id) =>
        Find(id) is { } session ? new DashboardRows(new ConnectionRow(session)) : new DashboardRows();

    /// <summary>The newest refusals, the latest first.</summary>
    public DashboardRows Refusals() =>
        new(Array.ConvertAll(context.PeerLog.Recent?.Read() ?? [], static DashboardAnswer (refusal) => new RefusalRow(refusal)));

    /// <returns>The connection's row; empty if there is none with that number.</returns>
    public DashboardRows Close(long id, int code, string reason)
    {
        DashboardRows rows = Connection(id);
        if (Find(id) is { } session)
        {
            session.Close((ushort)code, reason);
            AdminLog.Closing(context.Logger, id, code, reason);
        }

        return rows;
    }

    public TopicListener Listen(string topic) => new(lifetime.Loops[0].State, topic, context.TimeProvider);

    private static DashboardRows First<T>(int count, List<T> rows)
        where T : DashboardAnswer => new([.. rows[..Math.Clamp(count, 0, Math.Min(rows.Count, MaxRows))]]);

    private Session? Find(long id) => lifetime.GetSessions().Find(session => session.Connection.Id == id);
}
