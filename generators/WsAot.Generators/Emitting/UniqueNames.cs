using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>Assigns each handler a unique identifier: its name, or its full name if several handlers share the name.</summary>
internal static class UniqueNames
{
    /// <returns>
    /// One name for each handler, in the same order. They differ by more than case, so that fields can begin with a lower-case letter.
    /// </returns>
    public static IReadOnlyList<string> For(IReadOnlyList<HandlerModel> handlers)
    {
        var shared = new HashSet<string>(
            handlers.GroupBy(static handler => handler.Name, StringComparer.OrdinalIgnoreCase)
                .Where(static group => group.Skip(1).Any())
                .Select(static group => group.Key),
            StringComparer.OrdinalIgnoreCase);
        var taken = new NameScope(StringComparer.OrdinalIgnoreCase);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        // Sorted by type name, so that a handler keeps its class name when its template changes.
        foreach (HandlerModel handler in handlers.OrderBy(static handler => handler.TypeName, StringComparer.Ordinal))
        {
            string wanted = shared.Contains(handler.Name) ? FullIdentifier(handler.FullName) : handler.Name;
            names.Add(handler.TypeName, taken.Take(wanted));
        }

        return [.. handlers.Select(handler => names[handler.TypeName])];
    }

    private static string FullIdentifier(string fullName) => fullName.Replace('.', '_');
}
