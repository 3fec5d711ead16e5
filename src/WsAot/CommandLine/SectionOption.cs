namespace WsAot.CommandLine;

/// <summary>
/// An option of the command line that stands for a value of a section, which a package adds: <c>--nats-url</c> for <c>nats:url</c>. In the
/// environment and in files it has its place in the section only.
/// </summary>
/// <param name="Name">The name as on the command line, without the dashes before it.</param>
/// <param name="Key">The key in the configuration.</param>
/// <param name="Value">What it takes, for <c>--help</c>.</param>
/// <param name="Default">What it is without it, for <c>--help</c>; empty: nothing.</param>
/// <param name="Meaning">What it does, for <c>--help</c>.</param>
internal sealed record SectionOption(string Name, string Key, string Value, string Default, string Meaning)
{
    /// <summary>The key of an option by its name; null if none has it.</summary>
    public static string? FindKey(IReadOnlyList<SectionOption> options, ReadOnlySpan<char> name)
    {
        foreach (SectionOption option in options)
        {
            if (name.Equals(option.Name, StringComparison.OrdinalIgnoreCase)) return option.Key;
        }

        return null;
    }
}
