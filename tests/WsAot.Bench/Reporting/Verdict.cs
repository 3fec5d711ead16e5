namespace WsAot.Bench.Reporting;

/// <summary>A line of what is to be reached.</summary>
/// <param name="Limit">What it may be at most; null if it is only to be stated.</param>
internal sealed record Verdict(string Name, double? Limit, double Measured)
{
    public bool? IsMet => Limit is null || double.IsNaN(Measured) ? null : Measured <= Limit;
}
