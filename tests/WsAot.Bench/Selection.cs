namespace WsAot.Bench;

/// <summary>What <c>--only</c> selects: everything whose name contains one of the parts between '|', for each <c>--only</c>.</summary>
internal sealed class Selection(IReadOnlyList<string> parts)
{
    private readonly string[][] _parts = [.. parts.Select(part => part.Split('|', StringSplitOptions.TrimEntries))];

    public bool IsAll => _parts.Length == 0;

    public bool Takes(string scenario, string server)
    {
        string name = $"{scenario} / {server}";
        return _parts.All(alternatives => alternatives.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The exception if no name matches.</summary>
    public FormatException Nothing(IEnumerable<string> names) =>
        new($"--only {string.Join(" --only ", parts.Select(part => $"\"{part}\""))} leaves nothing. "
            + $"There are:\n{string.Concat(names.Select(name => $"  {name}\n"))}");
}
