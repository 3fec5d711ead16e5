using WsAot.Server;

namespace WsAot.CommandLine;

/// <summary>
/// Converts the command line to the form that the configuration reads: <c>--max-message-bytes 1</c> becomes <c>--maxmessagebytes=1</c>.
/// </summary>
internal sealed class CommandLineArguments
{
    private const string ConfigOption = "--config";

    private readonly List<string> _options = [];
    private readonly List<string> _files = [];

    /// <param name="args">The command line.</param>
    /// <param name="added">The options that packages have added.</param>
    /// <param name="errors">
    /// Gets arguments that are not options, unknown options, and options without a value. The result does not contain them.
    /// </param>
    public CommandLineArguments(string[] args, IReadOnlyList<SectionOption> added, OptionErrors errors)
    {
        for (int i = 0; i < args.Length; i++)
        {
            string name = args[i];
            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                errors.Add($"'{name}' is not an option.");
                // The arguments that follow are probably its values, so they are not reported.
                while (i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) i++;
                continue;
            }

            string? value = null;
            int equals = name.IndexOf('=');
            if (equals >= 0) (name, value) = (name[..equals], name[(equals + 1)..]);
            bool isFile = name.Equals(ConfigOption, StringComparison.OrdinalIgnoreCase);
            string? key = isFile ? null : FindKey(name, added, errors);
            // An unknown option takes its value too, so that the value is not reported as another mistake.
            bool hasNext = value is null && i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            if (hasNext) value = args[++i];
            if (!isFile && key is null) continue;
            if (value is null && (isFile || !OptionTable.IsSwitch(key!))) errors.Add($"Option '{name}' needs a value.");
            else if (isFile) _files.Add(value!);
            else Add(key!, value ?? "true");
        }
    }

    public string[] Options => [.. _options];

    /// <summary>The files that <c>--config</c> names, in order.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>
    /// The configuration key of one of our options, or of one of the application's, which has a colon: <c>--ticker:source x</c>. Null if
    /// the option is neither.
    /// </summary>
    private static string? FindKey(string name, IReadOnlyList<SectionOption> added, OptionErrors errors)
    {
        int colon = name.IndexOf(':');
        if (colon < 0)
        {
            string? known = OptionTable.FindKey(name[2..]) ?? SectionOption.FindKey(added, name.AsSpan(2));
            if (known is null) errors.Add($"Unknown option '{name}'.");
            return known;
        }

        if (colon == 2 || name.EndsWith(':')) errors.Add($"'{name}' is not an option: it has an empty name.");
        else if (OptionTable.FindKey(name[2..colon]) is not { } section) return name[2..];
        else if (section.Equals(LogLevels.Key, StringComparison.OrdinalIgnoreCase)) return section + name[colon..];
        else errors.Add($"Unknown option '{name}': '{name[..colon]}' has one value.");
        return null;
    }

    private void Add(string key, string value)
    {
        _options.Add($"--{key}={value}");
        // See LogLevels.WithDefault.
        if (LogLevels.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) _options.Add($"--{key}:{LogLevels.DefaultCategory}={value}");
    }
}
