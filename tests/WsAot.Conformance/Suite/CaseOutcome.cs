namespace WsAot.Conformance.Suite;

internal enum CaseOutcome
{
    Passed,
    Failed,
    Skipped,
}
