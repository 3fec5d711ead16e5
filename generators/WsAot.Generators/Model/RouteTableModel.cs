namespace WsAot.Generators.Model;

/// <summary>All handlers of a compilation, in an order that does not depend on that of its files.</summary>
internal sealed record RouteTableModel(EquatableArray<HandlerModel> Handlers)
{
    public static RouteTableModel Create(IEnumerable<HandlerModel> handlers) =>
        new(new EquatableArray<HandlerModel>(handlers
            .OrderBy(static handler => handler.Template, StringComparer.Ordinal)
            .ThenBy(static handler => handler.FullName, StringComparer.Ordinal)
            // A class whose parts carry the attribute twice is an error of the compiler's, and must not become two of ours.
            .GroupBy(static handler => handler.TypeName, StringComparer.Ordinal)
            .Select(static parts => parts.First())));
}
