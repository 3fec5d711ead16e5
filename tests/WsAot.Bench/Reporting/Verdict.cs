namespace WsAot.Bench.Reporting;

/// <summary>A line of what is to be reached.</summary>
/// <param name="Limit">What it may be at most; null if it is only to be stated.</param>
/// <param name="Rounds">What the measured figure is of, rounds or starts; null if it does not vary.</param>
internal sealed record Verdict(string Name, double? Limit, double Measured, int? Rounds)
{
    public bool? IsMet => Limit is null || double.IsNaN(Measured) ? null : Measured <= Limit;
}
