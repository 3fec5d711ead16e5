namespace WsAot.Soak;

/// <summary>What <c>--only</c> selects.</summary>
internal static class Selection
{
    /// <param name="name">The name of a kind of abuse or an attack.</param>
    /// <param name="parts">Parts of names; empty: all.</param>
    public static bool IsWanted(string name, IReadOnlyList<string> parts) =>
        parts.Count == 0 || parts.Any(part => name.Contains(part, StringComparison.Ordinal));
}
