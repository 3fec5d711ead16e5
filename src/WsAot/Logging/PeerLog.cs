using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>
/// Logs what the server does to peers: refuses requests, ends connections, drops messages. Peers decide how often that happens, so only a
/// number of lines are written each second and the rest are counted: nobody must be able to fill a disk. Any thread.
/// </summary>
internal sealed class PeerLog(ILogger logger, TimeProvider time)
{
    /// <summary>
    /// How many lines of one kind are written in a second: as many as a person can follow, and few enough that a flood costs little.
    /// </summary>
    public const int MaxLinesPerSecond = 20;

    private const int Kinds = 1 + (int)Kind.RateLimited;

    // 400 to 439, and 500 to 509.
    private const int Statuses = 50;

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private readonly int[] _lines = new int[Kinds + Statuses];
    private int _omitted;

    /// <summary>Keeps refusals for the dashboard; null if it shows none. Set before the server starts.</summary>
    public RecentRefusals? Recent { get; set; }

    /// <summary>What a line is about. Each kind has its own limit, so that a flood of one does not hide the others.</summary>
    public enum Kind
    {
        /// <summary>A request was refused.</summary>
        Refused,

        /// <summary>A connection was ended.</summary>
        Ended,

        /// <summary>A message was dropped.</summary>
        Dropped,

        /// <summary>Reading from a connection is paused.</summary>
        RateLimited,
    }

    /// <summary>
    /// Takes one of the lines of this kind for this second. If none is left, the event is only counted, and its text need not be built.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="statusCode">The status of a refusal. Each status has its own limit, so that scanners do not hide the others.</param>
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

    /// <summary>A request was refused. Call it after <see cref="TryTakeLine"/>, like the methods for other lines.</summary>
    /// <param name="request">The request: method, path, host and origin.</param>
    /// <param name="remoteEndPoint">The client's address.</param>
    /// <param name="statusCode">The status of the answer.</param>
    /// <param name="reason">What was wrong, and what was expected.</param>
    /// <param name="option">The option that decides it, such as <c>--allowed-origins</c>; null if there is none.</param>
    // Not inlined into each place that refuses something.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Refused(string request, string remoteEndPoint, int statusCode, string reason, string? option)
    {
        Recent?.Add(request.TrimEnd(','), remoteEndPoint, statusCode, reason, option);
        Log.Refused(logger, request, remoteEndPoint, statusCode, reason, Hint(option));
    }

    /// <summary>TLS with a client has failed, during or after its handshake.</summary>
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
