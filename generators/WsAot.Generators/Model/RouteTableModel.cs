namespace WsAot.Generators.Model;

/// <summary>What the table of a compilation is made from.</summary>
/// <param name="Handlers">All handlers, sorted by template so that the order of the files does not matter.</param>
/// <param name="LoggerClasses">The fully qualified names of the classes whose loggers the source names, sorted.</param>
internal sealed record RouteTableModel(EquatableArray<HandlerModel> Handlers, EquatableArray<string> LoggerClasses)
{
    public static RouteTableModel Create(IEnumerable<HandlerModel> handlers, IEnumerable<string> loggerClasses) =>
        new(Sort(handlers), new(loggerClasses.Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal)));

    private static EquatableArray<HandlerModel> Sort(IEnumerable<HandlerModel> handlers) =>
        new(handlers
            .OrderBy(static handler => handler.Template, StringComparer.Ordinal)
            .ThenBy(static handler => handler.FullName, StringComparer.Ordinal)
            // If two parts of a class have the attribute, the compiler reports it. Keeping one avoids errors in generated code as well.
            .GroupBy(static handler => handler.TypeName, StringComparer.Ordinal)
            .Select(static parts => parts.First()));
}
