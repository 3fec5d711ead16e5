using WsAot.Generators.Emitting;

namespace WsAot.Generators.Describing;

/// <summary>Gives what is described a name in a language without namespaces: its own, or its full one where two share the first.</summary>
internal sealed class DescriptionNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <param name="wanted">What is to be named: a key that tells it from all others, the name that it would have, and its full name.</param>
    /// <param name="reserved">Names that nothing may have.</param>
    public DescriptionNames(IReadOnlyList<(string Key, string Name, string FullName)> wanted, IEnumerable<string> reserved)
    {
        var taken = new HashSet<string>(reserved, StringComparer.Ordinal);
        var shared = new HashSet<string>(
            wanted.GroupBy(static one => one.Name, StringComparer.Ordinal).Where(static group => group.Skip(1).Any()).Select(static group => group.Key),
            StringComparer.Ordinal);
        foreach ((string key, string name, string fullName) in wanted.OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            bool isTaken = shared.Contains(name) || taken.Contains(name);
            _names.Add(key, Numbered(isTaken ? fullName.Replace('.', '_') : name, taken));
        }
    }

    public string this[string key] => _names[key];

    /// <summary>The name, with a number after it where it is taken; it is taken from then on.</summary>
    public static string Numbered(string name, HashSet<string> taken)
    {
        string free = name;
        for (int number = 2; !taken.Add(free); number++)
            free = name + CSharpText.Number(number);
        return free;
    }
}
