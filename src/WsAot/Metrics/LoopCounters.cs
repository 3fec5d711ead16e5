namespace WsAot.Metrics;

/// <summary>What is counted on one loop beside its routes. Only that loop writes; any thread reads.</summary>
internal sealed class LoopCounters
{
    /// <summary>How many causes of an end there may be.</summary>
    public const int MaxCauses = 32;

    private readonly long[] _closed = new long[MaxCauses * CloseCodes.Count];

    /// <summary>The requests that were answered with a status, but for upgrades that were accepted.</summary>
    public AnswerCounts Answers { get; } = new();

    /// <summary>
    /// JSON-RPC calls that are counted elsewhere than where their method returns: those that are still running then, and those that were
    /// refused before.
    /// </summary>
    public long CallsNoted { get; set; }

    /// <summary>Handshakes of TLS that have failed.</summary>
    public long TlsFailed { get; set; }

    /// <summary>The connections that have ended so.</summary>
    /// <param name="cause">The number of the cause.</param>
    /// <param name="code">The place of the code in <see cref="CloseCodes"/>.</param>
    public long Closed(int cause, int code) => Volatile.Read(ref _closed[(cause * CloseCodes.Count) + code]);

    public void CountClosed(int cause, ushort code) => _closed[(cause * CloseCodes.Count) + CloseCodes.PlaceOf(code)]++;
}
