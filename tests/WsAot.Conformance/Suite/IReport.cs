namespace WsAot.Conformance.Suite;

/// <summary>Takes results in the order of the catalog, and the end.</summary>
internal interface IReport
{
    void Add(CaseResult result);

    void Finish(IReadOnlyList<CaseResult> results, TimeSpan time);
}
