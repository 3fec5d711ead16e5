using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>
/// Logs what the server does to peers: refuses requests, ends connections, drops messages. Peers decide how often that is, so only so many
/// lines a second are written and the others counted: nobody must be able to fill a disk. Any thread.
/// </summary>
internal sealed class PeerLog(ILogger logger, TimeProvider time)
{
    /// <summary>The lines of a kind in a second: a person can follow as many, and a flood costs no more.</summary>
    public const int MaxLinesPerSecond = 20;

    private const int Kinds = 1 + (int)Kind.RateLimited;

    // 400 to 439, and 500 to 509.
    private const int Statuses = 50;

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private readonly int[] _lines = new int[Kinds + Statuses];
    private int _omitted;

    /// <summary>Where refusals are kept for the dashboard; null: nobody shows them. Set before the server starts.</summary>
    public RecentRefusals? Recent { get; set; }

    /// <summary>What a line is about. Each kind has lines of its own, so that a flood of one does not hide the others.</summary>
    public enum Kind
    {
        /// <summary>A request was refused.</summary>
        Refused,

        /// <summary>A connection was ended.</summary>
        Ended,

        /// <summary>A message was dropped.</summary>
        Dropped,

        /// <summary>A connection is not read for a while.</summary>
        RateLimited,
    }

    /// <summary>
    /// Takes one of the kind's lines of this second. If none is left, what happened is counted, and its text need not be made.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="statusCode">Of a refusal, the answer: each has lines of its own, so that scanners do not hide the others.</param>
    public bool TryTakeLine(Kind kind, int statusCode = 0)
    {
        int place = PlaceOf(kind, statusCode);
        if (!logger.IsEnabled(LogLevel.Information) && Recent is null) return false;
        lock (_lock)
        {
            // The timer runs only while there is something to count.
            _timer ??= time.CreateTimer(static log => ((PeerLog)log!).OnSecond(), this, s_second, Timeout.InfiniteTimeSpan);
            if (_lines[place] < MaxLinesPerSecond)
            {
                _lines[place]++;
                return true;
            }

            _omitted++;
            return false;
        }
    }

    /// <summary>A request was refused. After <see cref="TryTakeLine"/>, like the other lines.</summary>
    /// <param name="request">What was asked: the method and the path, for which host, from which origin.</param>
    /// <param name="remoteEndPoint">Who asked.</param>
    /// <param name="statusCode">The answer.</param>
    /// <param name="reason">What was seen, and what was expected.</param>
    /// <param name="option">What decides it, such as <c>--allowed-origins</c>; null if no option does.</param>
    // Not copied to each place that refuses something.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Refused(string request, string remoteEndPoint, int statusCode, string reason, string? option)
    {
        Recent?.Add(request.TrimEnd(','), remoteEndPoint, statusCode, reason, option);
        Log.Refused(logger, request, remoteEndPoint, statusCode, reason, Hint(option));
    }

    /// <summary>TLS with a client has failed, before or after its handshake.</summary>
    public void TlsFailed(string remoteEndPoint, string reason, string? option)
    {
        Recent?.Add("TLS", remoteEndPoint, 0, reason, option);
        TlsLog.TlsFailed(logger, remoteEndPoint, reason, Hint(option));
    }

    /// <summary>The server ends a connection.</summary>
    public void Ended(long connectionId, string path, string remoteEndPoint, string reason, string? option) =>
        Log.Ended(logger, connectionId, path, remoteEndPoint, reason, Hint(option));

    /// <summary>A published message was dropped for one connection.</summary>
    public void MessageDropped(long connectionId, string path, string remoteEndPoint) =>
        Log.MessageDropped(logger, connectionId, path, remoteEndPoint);

    /// <summary>A published message was dropped for all connections of one loop.</summary>
    public void DeliveryDropped(string topic) => Log.DeliveryDropped(logger, topic);

    private static int PlaceOf(Kind kind, int statusCode) => statusCode switch
    {
        >= 400 and < 440 => Kinds + statusCode - 400,
        >= 500 and < 510 => Kinds + 40 + statusCode - 500,
        _ => (int)kind,
    };

    private static string Hint(string? option) => option is null ? "" : $" (see {option})";

    private void OnSecond()
    {
        int omitted;
        lock (_lock)
        {
            omitted = _omitted;
            _omitted = 0;
            Array.Clear(_lines);
            _timer!.Dispose();
            _timer = null;
        }

        if (omitted > 0) Log.LinesOmitted(logger, omitted);
    }
}
