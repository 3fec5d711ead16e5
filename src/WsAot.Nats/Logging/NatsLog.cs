using Microsoft.Extensions.Logging;
using WsAot.Logging;

namespace WsAot.Nats.Logging;

/// <summary>
/// The log entries about NATS. Events that can happen for each message are logged at most once a second, with the number of omitted ones.
/// </summary>
internal sealed class NatsLog(ILogger logger, TimeProvider time)
{
    private const string Category = "WsAot.Nats";
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly Limit _dropped = new();
    private readonly Limit _received = new();
    private readonly Limit _failed = new();
    private readonly Limit _presence = new();
    private readonly Limit _store = new();
    private readonly Limit _unreachable = new();

    public NatsLog(ILoggerFactory loggers, TimeProvider time)
        : this(new SafeLogger(loggers.CreateLogger(Category)), time)
    {
    }

    public void Connected(string? server) =>
        LogEntry.Write(logger, LogLevel.Information, 1, null, "Connected to NATS ({Server}).", [server]);

    public void Disconnected() =>
        LogEntry.Write(
            logger, LogLevel.Warning, 2, null, "Lost the connection to NATS: topics stay within this server until it is back.");

    /// <param name="reason">The error of the client or of NATS.</param>
    /// <param name="advice">What to do, with a space before it; or empty.</param>
    public void ConnectFailed(string? reason, string advice)
    {
        if (!Takes(_unreachable, out long omitted)) return;
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            3,
            null,
            "Cannot connect to NATS: {Reason} ({Omitted} more).{Advice}",
            [reason, omitted, advice]);
    }

    public void SubscriptionFailed(string topic, Exception exception)
    {
        if (!Takes(_failed, out long omitted)) return;
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            4,
            exception,
            "Cannot subscribe to the topic {Topic} at NATS; trying again ({Omitted} more).",
            [topic, omitted]);
    }

    public void PublishDropped(string subject, string reason)
    {
        if (!Takes(_dropped, out long omitted)) return;
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            5,
            null,
            "A message to {Subject} did not reach other servers: {Reason} ({Omitted} more).",
            [subject, reason, omitted]);
    }

    public void ReceiveDropped(string subject)
    {
        if (!Takes(_received, out long omitted)) return;
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            8,
            null,
            "Dropped a message of {Subject} from NATS that was not read in time ({Omitted} more).",
            [subject, omitted]);
    }

    /// <param name="topic">The topic; <c>*</c> for all.</param>
    /// <param name="exception">The error.</param>
    public void PresenceFailed(string topic, Exception exception)
    {
        if (!Takes(_presence, out long omitted)) return;
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            9,
            exception,
            "Cannot exchange the presence of {Topic} with other servers; trying again ({Omitted} more).",
            [topic, omitted]);
    }

    public void StoreFailed(string topics, string reason)
    {
        if (!Takes(_store, out long omitted)) return;
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            6,
            null,
            "Cannot use JetStream for the topics {Topics}: {Reason}; trying again ({Omitted} more).",
            [topics, reason, omitted]);
    }

    public void EpochChanged(string stream) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            7,
            null,
            "The JetStream stream {Stream} was created again, or has lost messages that it had confirmed: its topics begin a new epoch.",
            [stream]);

    private bool Takes(Limit limit, out long omitted)
    {
        lock (limit)
        {
            long now = time.GetTimestamp();
            omitted = limit.Omitted;
            if (limit.Last != 0 && time.GetElapsedTime(limit.Last, now) < s_interval)
            {
                limit.Omitted++;
                return false;
            }

            (limit.Last, limit.Omitted) = (now, 0);
            return true;
        }
    }

    private sealed class Limit
    {
        public long Last { get; set; }

        public long Omitted { get; set; }
    }
}
