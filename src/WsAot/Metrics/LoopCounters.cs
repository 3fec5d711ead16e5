namespace WsAot.Metrics;

/// <summary>What is counted on one loop beside its routes. Only that loop writes; any thread reads.</summary>
internal sealed class LoopCounters
{
    /// <summary>The requests that were answered with a status, but for upgrades that were accepted.</summary>
    public AnswerCounts Answers { get; } = new();

    /// <summary>
    /// JSON-RPC calls that are counted elsewhere than where their method returns: those that are still running then, and those that were
    /// refused before.
    /// </summary>
    public long CallsNoted { get; set; }

    /// <summary>Handshakes of TLS that have failed.</summary>
    public long TlsFailed { get; set; }
}
