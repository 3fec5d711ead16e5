namespace WsAot.CommandLine;

/// <summary>
/// A command line option that a package adds for a value of its section: <c>--nats-url</c> for <c>nats:url</c>. In the environment and in
/// files, only the value in the section exists.
/// </summary>
/// <param name="Name">The name as on the command line, without the dashes before it.</param>
/// <param name="Key">The key in the configuration.</param>
/// <param name="Value">The kind of value, for <c>--help</c>.</param>
/// <param name="Default">The default, for <c>--help</c>; empty if there is none.</param>
/// <param name="Meaning">The description, for <c>--help</c>.</param>
internal sealed record SectionOption(string Name, string Key, string Value, string Default, string Meaning)
{
    /// <summary>The key of an option by its name; null if there is no such option.</summary>
    public static string? FindKey(IReadOnlyList<SectionOption> options, ReadOnlySpan<char> name)
    {
        foreach (SectionOption option in options)
        {
            if (name.Equals(option.Name, StringComparison.OrdinalIgnoreCase)) return option.Key;
        }

        return null;
    }
}
