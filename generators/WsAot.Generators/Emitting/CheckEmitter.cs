using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>
/// Writes what is checked before a handler is created: its services when the server starts, the values of path and query for each request.
/// </summary>
internal sealed class CheckEmitter(SourceWriter writer, HandlerModel handler, EnumClasses enums)
{
    private IEnumerable<Argument> Arguments =>
        handler.ConstructorArguments.Concat(handler.Events.SelectMany(static method => method.Arguments));

    public void Emit()
    {
        RequiredServices();
        Accepts();
        FindQueryError();
    }

    private void RequiredServices()
    {
        string[] required = [.. Required(handler.ConstructorArguments, null)
            .Concat(handler.Events.SelectMany(static method => Required(method.Arguments, method.Name)))
            .Distinct(StringComparer.Ordinal)];
        if (required.Length == 0) return;
        string type = $"{GlobalName.ReadOnlyList}<{GlobalName.WsServiceRequirement}>";
        writer.Line()
            .Line($"public override {type} {RoutingTypes.WsRoute.RequiredServices} =>")
            .Indented(() => writer.Block($"new {GlobalName.WsServiceRequirement}[]", () =>
            {
                foreach (string service in required) writer.Line(service + ",");
            }, "};"));
    }

    private static IEnumerable<string> Required(IEnumerable<Argument> arguments, string? method) =>
        from argument in arguments
        where argument.Service is not null
        let service = argument.Service
        let names = $"{CSharpText.StringLiteral(service.TypeInMessage)}, {CSharpText.StringLiteral(service.Parameter)}"
        let ofMethod = method is null ? "" : ", " + CSharpText.StringLiteral(method)
        select $"new {GlobalName.WsServiceRequirement}(typeof({argument.Type}), {names}{ofMethod})";

    private void Accepts()
    {
        string[] checks = [.. Arguments
            .Where(static argument => argument is { Source: ArgumentSource.RouteValue, Value.IsParsed: true })
            .OrderBy(static argument => argument.Segment)
            .Select(argument => $"{enums.MethodsFor(argument.Value!).TryParse}({ArgumentText.Segment("request", argument)}, out _)")
            .Distinct(StringComparer.Ordinal)];
        if (checks.Length == 0) return;
        writer.Member(
            $"public override bool {RoutingTypes.WsRoute.Accepts}({GlobalName.WsRequest} request)", string.Join(" &&\n", checks));
    }

    private void FindQueryError()
    {
        string[] checks = [.. Arguments
            .Where(static argument => argument.Query is not null)
            .Select(argument => Check(argument.Query!, argument.Value!))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)];
        if (checks.Length == 0) return;
        writer.Member(
            $"public override string? {RoutingTypes.WsRoute.FindQueryError}({GlobalName.WsRequest} request)", string.Join(" ??\n", checks));
    }

    /// <returns>Null if every request passes.</returns>
    private string? Check(QueryModel query, ValueModel value)
    {
        string key = CSharpText.StringLiteral(query.Key);
        if (!value.IsParsed) return query.IsRequired ? $"{GlobalName.WsQuery}.{RoutingTypes.WsQuery.Check}(request, {key})" : null;
        string reading = $"{CSharpText.StringLiteral(value.TypeInMessage)}, {enums.MethodsFor(value).TryParse}";
        return query.IsArray
            ? $"{GlobalName.WsQuery}.{RoutingTypes.WsQuery.CheckAll}<{value.Type}>(request, {key}, {reading})"
            : $"{GlobalName.WsQuery}.{RoutingTypes.WsQuery.Check}<{value.Type}>"
                + $"(request, {key}, {(query.IsRequired ? "true" : "false")}, {reading})";
    }
}
