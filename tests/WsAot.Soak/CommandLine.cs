using System.Globalization;

namespace WsAot.Soak;

/// <summary>Options as <c>--name value</c>.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">A name has no value, or a word is not a name.</exception>
    public CommandLine(ReadOnlySpan<string> args, params string[] names)
    {
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i].StartsWith("--", StringComparison.Ordinal)
                ? args[i][2..]
                : throw new FormatException($"'{args[i]}' is not an option.");
            if (!names.Contains(name)) throw new FormatException($"Unknown option '{args[i]}'.");
            _values[name] = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"Option '{args[i]}' needs a value.");
        }
    }

    public string Get(string name, string preset) => _values.GetValueOrDefault(name, preset);

    public string Require(string name) =>
        _values.TryGetValue(name, out string? value) ? value : throw new FormatException($"--{name} is missing.");

    /// <summary>Values with commas between them; none if the option is not there.</summary>
    public string[] List(string name) => Get(name, "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public bool IsYes(string name, bool preset) => Get(name, preset ? "yes" : "no") == "yes";

    public double Number(string name, double preset) =>
        _values.TryGetValue(name, out string? value) ? double.Parse(value, CultureInfo.InvariantCulture) : preset;
}
