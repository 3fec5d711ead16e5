namespace WsAot.Generators.Model;

/// <summary>The input of a compilation's route table.</summary>
/// <param name="Handlers">All handlers, sorted by template so that the order of the files does not matter.</param>
/// <param name="Clients">The client interfaces that name a JSON context of their own, each with that context.</param>
/// <param name="LoggerClasses">The fully qualified names of the classes whose loggers the source names, sorted.</param>
internal sealed record RouteTableModel(
    EquatableArray<HandlerModel> Handlers, EquatableArray<JsonRpcModel> Clients, EquatableArray<string> LoggerClasses)
{
    /// <summary>Whether there is nothing to serve and nothing to call.</summary>
    public bool IsEmpty => Handlers.Count == 0 && Clients.Count == 0;

    public static RouteTableModel Create(
        IEnumerable<HandlerModel> handlers, IEnumerable<JsonRpcModel> clients, IEnumerable<string> loggerClasses) => new(
        new(handlers
            .OrderBy(static handler => handler.Template, StringComparer.Ordinal)
            .ThenBy(static handler => handler.FullName, StringComparer.Ordinal)
            // A class is found once for each part that has the attribute, with all its routes. A duplicate template is reported (WSA010).
            .GroupBy(static handler => handler.Key, StringComparer.Ordinal)
            .Select(static parts => parts.First())),
        new(clients.Distinct().OrderBy(static client => client.Clients[0].InterfaceType, StringComparer.Ordinal)),
        new(loggerClasses.Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal)));
}
