namespace WsAot.Dashboard;

/// <summary>What was seen in one second. Rates are a second's, times are milliseconds, and a time is -1 if nothing was measured.</summary>
internal sealed record Sample(
    long TimeMs,
    int Connections,
    double MessagesIn,
    double MessagesOut,
    double BytesIn,
    double BytesOut,
    double Median,
    double P99,
    double LoopUse,
    double BusiestLoop,
    double LongestDelay,
    long ResidentBytes,
    long HeapBytes,
    long PendingBytes,
    double Refusals);
