namespace WsAot.Conformance.Suite;

/// <summary>The result of a case.</summary>
/// <param name="Problem">Why it failed, or why it was skipped; null when it passed.</param>
/// <param name="Trace">What was sent and what came; empty unless it failed.</param>
internal sealed record CaseResult(CaseGroup Group, ConformanceCase Case, CaseOutcome Outcome, string? Problem, string Trace, TimeSpan Time);
