namespace WsAot.Bench.Reporting;

/// <summary>A target and the measured figure.</summary>
/// <param name="Limit">The highest value that meets the target; null if the figure is only stated.</param>
/// <param name="Rounds">How many rounds or starts were measured; null if the figure does not vary.</param>
internal sealed record Verdict(string Name, double? Limit, double Measured, int? Rounds)
{
    public bool? IsMet => Limit is null || double.IsNaN(Measured) ? null : Measured <= Limit;
}
