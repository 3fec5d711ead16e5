namespace WsAot.Generators.Model;

/// <summary>All handlers of a compilation, sorted by template so that the order of the files does not matter.</summary>
internal sealed record RouteTableModel(EquatableArray<HandlerModel> Handlers)
{
    public static RouteTableModel Create(IEnumerable<HandlerModel> handlers) =>
        new(new EquatableArray<HandlerModel>(handlers
            .OrderBy(static handler => handler.Template, StringComparer.Ordinal)
            .ThenBy(static handler => handler.FullName, StringComparer.Ordinal)
            // If two parts of a class have the attribute, the compiler reports it. Keeping one avoids errors in generated code as well.
            .GroupBy(static handler => handler.TypeName, StringComparer.Ordinal)
            .Select(static parts => parts.First())));
}
