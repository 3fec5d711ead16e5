namespace WsAot.Dashboard;

/// <summary>A request that was refused.</summary>
/// <param name="TimeMs">When, in milliseconds since 1970.</param>
/// <param name="Address">Who asked.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Status">The answer.</param>
/// <param name="Reason">What was wrong.</param>
/// <param name="Option">The option that decides it; empty if none does.</param>
internal sealed record RefusalRow(long TimeMs, string Address, string Request, int Status, string Reason, string Option);
