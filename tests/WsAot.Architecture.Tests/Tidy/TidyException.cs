namespace WsAot.Architecture.Tests.Tidy;

/// <summary>A file, or all below a folder, for which a rule does not hold.</summary>
/// <param name="Reason">Why, in words that tell when it can go.</param>
internal sealed record TidyException(string Rule, string Path, string Reason)
{
    public bool Covers(string rule, string path) =>
        Rule == rule && (Path == path || path.StartsWith(Path + "/", StringComparison.Ordinal));
}
