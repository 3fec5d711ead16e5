using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>
/// Assigns each route a unique identifier: the name of its handler, or the full name if several handlers share the name. The second route
/// of a handler has a number appended.
/// </summary>
internal static class UniqueNames
{
    /// <returns>
    /// One name for each route, in the same order. They differ by more than case, so that fields can begin with a lower-case letter.
    /// </returns>
    public static IReadOnlyList<string> For(IReadOnlyList<HandlerModel> handlers)
    {
        var shared = new HashSet<string>(
            handlers.GroupBy(static handler => handler.Name, StringComparer.OrdinalIgnoreCase)
                .Where(static group => group.Select(static handler => handler.FullName).Distinct(StringComparer.Ordinal).Skip(1).Any())
                .Select(static group => group.Key),
            StringComparer.OrdinalIgnoreCase);
        var taken = new NameScope(StringComparer.OrdinalIgnoreCase);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        // Sorted by type name, so that a handler keeps its class name when its template changes.
        foreach (HandlerModel handler in handlers
            .OrderBy(static handler => handler.TypeName, StringComparer.Ordinal)
            .ThenBy(static handler => handler.Template, StringComparer.Ordinal))
        {
            string wanted = shared.Contains(handler.Name) ? FullIdentifier(handler.FullName) : handler.Name;
            names.Add(handler.Key, taken.Take(wanted));
        }

        return [.. handlers.Select(handler => names[handler.Key])];
    }

    private static string FullIdentifier(string fullName) => fullName.Replace('.', '_');
}
