namespace WsAot.Dashboard;

/// <summary>A route: sums since the start, and times of its handler in milliseconds, -1 if none was measured.</summary>
internal sealed record RouteRow(
    string Route,
    long Open,
    long Opened,
    long MessagesIn,
    long MessagesOut,
    long BytesIn,
    long BytesOut,
    long Dropped,
    long PendingBytes,
    double Median,
    double P99);
