using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>Gives what is described a name in a language without namespaces: its own, or its full one where two share the first.</summary>
internal sealed class DescriptionNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <param name="wanted">What is to be named: a key that tells it from all others, the name that it would have, and its full name.</param>
    /// <param name="reserved">Names that nothing may have.</param>
    public DescriptionNames(IReadOnlyList<(string Key, string Name, string FullName)> wanted, IEnumerable<string> reserved)
    {
        string[] taken = [.. reserved];
        var scope = new NameScope(StringComparer.Ordinal, taken);
        var shared = new HashSet<string>(
            wanted.GroupBy(static one => one.Name, StringComparer.Ordinal)
                .Where(static group => group.Select(static one => one.FullName).Distinct(StringComparer.Ordinal).Skip(1).Any())
                .Select(static group => group.Key)
                .Concat(taken),
            StringComparer.Ordinal);
        foreach ((string key, string name, string fullName) in wanted.OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            _names.Add(key, scope.Take(shared.Contains(name) ? fullName.Replace('.', '_') : name));
        }
    }

    public string this[string key] => _names[key];
}
