namespace WsAot.Bench.Reporting.Charts;

/// <summary>What servers reached in one scenario.</summary>
/// <param name="Notes">What the figures are: their unit first. Each begins a line.</param>
internal sealed record ChartRow(string Name, IReadOnlyList<string> Notes, IReadOnlyList<Mark> Marks);
