using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>Gives each handler an identifier: its own name, or its full one where two share the first.</summary>
internal static class UniqueNames
{
    /// <returns>One name for each handler, in their order; no two are the same in any case, so that a letter's case can be changed.</returns>
    public static IReadOnlyList<string> For(IReadOnlyList<HandlerModel> handlers)
    {
        var shared = new HashSet<string>(
            handlers.GroupBy(static handler => handler.Name, StringComparer.OrdinalIgnoreCase)
                .Where(static group => group.Skip(1).Any())
                .Select(static group => group.Key),
            StringComparer.OrdinalIgnoreCase);
        var taken = new NameScope(StringComparer.OrdinalIgnoreCase);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        // By name, not by template: a route that changes its path keeps its class.
        foreach (HandlerModel handler in handlers.OrderBy(static handler => handler.TypeName, StringComparer.Ordinal))
        {
            string wanted = shared.Contains(handler.Name) ? FullIdentifier(handler.FullName) : handler.Name;
            names.Add(handler.TypeName, taken.Take(wanted));
        }

        return [.. handlers.Select(handler => names[handler.TypeName])];
    }

    private static string FullIdentifier(string fullName) => fullName.Replace('.', '_');
}
