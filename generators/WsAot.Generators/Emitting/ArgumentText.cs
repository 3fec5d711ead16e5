using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>Writes arguments as expressions that use the parameters of the generated method around them.</summary>
internal sealed class ArgumentText(EnumClasses enums)
{
    // A longer list gets one line for each argument.
    private const int LongestLine = 100;

    public string List(IEnumerable<Argument> arguments, CallSite site) =>
        List([.. arguments.Select(argument => Value(argument, site))]);

    /// <summary>The arguments of the constructor of a handler that speaks JSON-RPC.</summary>
    /// <param name="proxyOf">Returns the name of the class that implements a client interface.</param>
    public string List(IEnumerable<Argument> arguments, Func<string, string> proxyOf) =>
        List([.. arguments.Select(argument => Client(argument, proxyOf))]);

    public static string List(IReadOnlyList<string> expressions)
    {
        string line = string.Join(", ", expressions);
        return line.Length <= LongestLine || expressions.Count == 1 ? line : "\n    " + string.Join(",\n    ", expressions);
    }

    public static string Segment(string request, Argument argument) =>
        $"{request}.{WsAotTypes.WsRequest.RouteSegment}({CSharpText.Number(argument.Segment)})";

    private string Client(Argument argument, Func<string, string> proxyOf) => argument.Source switch
    {
        ArgumentSource.JsonRpcClient => $"new {proxyOf(argument.Type!)}(peer.{JsonRpcTypes.JsonRpcPeer.Client})",
        ArgumentSource.JsonRpcTopic =>
            $"new {GlobalName.WsTopic}<{argument.Type}>("
                + $"connection.{WsAotTypes.WsConnection.Server}, static target => new {proxyOf(argument.Type!)}(target))",
        _ => Value(argument, CallSite.Constructor),
    };

    private string Value(Argument argument, CallSite site)
    {
        string request = site == CallSite.Event ? "connection." + WsAotTypes.WsConnection.KeptRequest : "request";
        string services = site == CallSite.Upgrade ? "services" : "connection." + WsAotTypes.WsConnection.Services;
        return argument.Source switch
        {
            ArgumentSource.Connection => "connection",
            ArgumentSource.Server when site == CallSite.Upgrade =>
                $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.GetRequiredService}<{GlobalName.WsServer}>({services})",
            ArgumentSource.Server => "connection." + WsAotTypes.WsConnection.Server,
            ArgumentSource.Request => request,
            ArgumentSource.CancellationToken when site == CallSite.Upgrade => "cancellationToken",
            ArgumentSource.CancellationToken => "connection." + WsAotTypes.WsConnection.ConnectionClosed,
            ArgumentSource.ServiceProvider => services,
            ArgumentSource.RequiredService =>
                $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.GetRequiredService}<{argument.Type}>({services})",
            // The ! is needed because a parameter can have the default null although its type is not nullable.
            ArgumentSource.OptionalService => $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.GetService}<{argument.Type}>({services})!",
            ArgumentSource.Logger => $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.GetLogger}<{argument.Type}>({services})",
            ArgumentSource.UpgradeValue => $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.UpgradeValue}<{argument.Type}>(request)",
            ArgumentSource.RouteValue when argument.Value is { IsParsed: true } value =>
                $"{enums.MethodsFor(value).Parse}({Segment(request, argument)})",
            ArgumentSource.RouteValue => $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.ToString}({Segment(request, argument)})",
            ArgumentSource.RouteRest => $"{request}.{WsAotTypes.WsRequest.RouteRest}({CSharpText.Number(argument.Segment)})",
            ArgumentSource.Default => argument.Type!,
            ArgumentSource.QueryValue => Query(argument.Query!, argument.Value!),
            ArgumentSource.PayloadSpan => "payload." + RoutingTypes.WsPayload.Span,
            ArgumentSource.PayloadMemory => $"payload.{RoutingTypes.WsPayload.ToMemory}()",
            ArgumentSource.PayloadText => $"payload.{RoutingTypes.WsPayload.ToString}()",
            ArgumentSource.Close => "close",
            _ => throw new ArgumentOutOfRangeException(nameof(argument)),
        };
    }

    private string Query(QueryModel query, ValueModel value)
    {
        string key = CSharpText.StringLiteral(query.Key);
        string orDefault = query.Default is { } text ? " ?? " + text : "";
        if (!value.IsParsed)
        {
            return query.IsArray
                ? $"{GlobalName.WsQuery}.{RoutingTypes.WsQuery.GetAll}(request, {key})"
                : $"request.{WsAotTypes.WsRequest.GetQueryValue}({key}){orDefault}";
        }

        string method = query.IsArray ? RoutingTypes.WsQuery.GetAll
            : query.IsRequired || value.IsReference ? RoutingTypes.WsQuery.Get
            : RoutingTypes.WsQuery.GetOrNull;
        return $"{GlobalName.WsQuery}.{method}<{value.Type}>(request, {key}, {enums.MethodsFor(value).TryParse}){orDefault}";
    }
}
