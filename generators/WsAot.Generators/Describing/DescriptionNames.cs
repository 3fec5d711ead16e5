using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>
/// Assigns unique names for languages without namespaces: the short name, or the full name if several share the short one.
/// </summary>
internal sealed class DescriptionNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <param name="wanted">What needs a name: a unique key, the short name and the full name.</param>
    /// <param name="reserved">Names that must not be assigned.</param>
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
