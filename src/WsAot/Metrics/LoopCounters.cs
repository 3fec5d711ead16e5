namespace WsAot.Metrics;

/// <summary>The counters of one loop, except for those of its routes. Only that loop writes; any thread reads.</summary>
internal sealed class LoopCounters
{
    /// <summary>The requests that were answered with a status, except for accepted upgrades.</summary>
    public AnswerCounts Answers { get; } = new();

    /// <summary>
    /// JSON-RPC calls that are not counted where their method returns: calls that are still running then, and calls that were refused
    /// before.
    /// </summary>
    public long CallsNoted { get; set; }

    /// <summary>Failed TLS handshakes.</summary>
    public long TlsFailed { get; set; }
}
