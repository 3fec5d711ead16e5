using System.Globalization;
using System.Numerics;

namespace WsAot.Bench;

/// <summary>Options as <c>--name value</c>, and switches as <c>--name</c>. An option may be given several times.</summary>
internal sealed class CommandLine
{
    private readonly List<(string Name, string Value)> _values = [];

    /// <param name="names">The names of all options; a switch ends with an exclamation mark.</param>
    /// <exception cref="FormatException">A name has no value, or a word is not a name.</exception>
    public CommandLine(ReadOnlySpan<string> args, params ReadOnlySpan<string> names)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) throw new FormatException($"'{args[i]}' is not an option.");
            string name = args[i][2..];
            if (names.Contains(name + "!"))
            {
                _values.Add((name, ""));
                continue;
            }

            if (!names.Contains(name)) throw new FormatException($"Unknown option '{args[i]}'.");
            if (++i == args.Length) throw new FormatException($"Option '--{name}' needs a value.");
            _values.Add((name, args[i]));
        }
    }

    public bool Has(string name) => _values.Exists(value => value.Name == name);

    public IReadOnlyList<string> All(string name) => [.. _values.Where(value => value.Name == name).Select(value => value.Value)];

    /// <summary>The last value given.</summary>
    public string? Get(string name) => _values.FindLast(value => value.Name == name).Value;

    /// <exception cref="FormatException">Not a number, or not in the range.</exception>
    public T Number<T>(string name, T preset, T min, T max)
        where T : INumber<T>
    {
        if (Get(name) is not { } text) return preset;
        if (!T.TryParse(text, CultureInfo.InvariantCulture, out T? value) || value < min || value > max)
        {
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"--{name} is a number from {min} to {max}, not '{text}'."));
        }

        return value;
    }
}
