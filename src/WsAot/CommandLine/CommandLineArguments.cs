namespace WsAot.CommandLine;

/// <summary>The command line as the configuration reads it: <c>--max-message-bytes 1</c> as <c>--maxmessagebytes=1</c>.</summary>
internal sealed class CommandLineArguments
{
    private const string ConfigOption = "--config";

    private readonly List<string> _options = [];
    private readonly List<string> _files = [];

    /// <exception cref="WsOptionException">An option is unknown or has no value.</exception>
    public CommandLineArguments(string[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            string name = args[i];
            string? value = null;
            int equals = name.IndexOf('=');
            if (equals >= 0) (name, value) = (name[..equals], name[(equals + 1)..]);
            if (!name.StartsWith("--", StringComparison.Ordinal)) throw new WsOptionException($"'{args[i]}' is not an option.");
            string? key = name.Equals(ConfigOption, StringComparison.OrdinalIgnoreCase) ? null : FindKey(name);
            if (value is null)
            {
                bool hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
                bool needsValue = key is null || !OptionTable.IsSwitch(key);
                if (!hasValue && needsValue) throw new WsOptionException($"Option '{name}' needs a value.");
                value = hasValue ? args[++i] : "true";
            }

            if (key is null) _files.Add(value);
            else _options.Add($"--{key}={value}");
            // See LogLevels.WithDefault.
            if (LogLevels.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) _options.Add($"--{key}:{LogLevels.DefaultCategory}={value}");
        }
    }

    public string[] Options => [.. _options];

    /// <summary>The files that <c>--config</c> names, in their order.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>The key of our option; or of the application's, which a colon marks: <c>--ticker:source x</c>.</summary>
    private static string FindKey(string name)
    {
        int colon = name.IndexOf(':');
        if (colon < 0) return OptionTable.FindKey(name[2..]) ?? throw new WsOptionException($"Unknown option '{name}'.");
        if (colon == 2 || name.EndsWith(':')) throw new WsOptionException($"'{name}' is not an option: it has an empty name.");
        if (OptionTable.FindKey(name[2..colon]) is not { } section) return name[2..];
        if (section.Equals(LogLevels.Key, StringComparison.OrdinalIgnoreCase)) return section + name[colon..];
        throw new WsOptionException($"Unknown option '{name}': '{name[..colon]}' has one value.");
    }
}
