namespace WsAot.Conformance.Suite;

/// <summary>Cases that are printed under one title.</summary>
internal sealed record CaseGroup(string Title, IReadOnlyList<ConformanceCase> Cases);
