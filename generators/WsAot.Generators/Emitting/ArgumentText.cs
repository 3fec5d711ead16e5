using WsAot.Generators.Model;

namespace WsAot.Generators.Emitting;

/// <summary>The three places where user code is called; each has other values at hand.</summary>
internal enum CallSite
{
    Constructor,
    Event,
    Upgrade,
}

/// <summary>Arguments as expressions over the parameters of the method they stand in.</summary>
internal static class ArgumentText
{
    // What is longer than this is written with a line for each argument.
    private const int LongestLine = 100;

    public static string List(IEnumerable<Argument> arguments, CallSite site) =>
        List([.. arguments.Select(argument => Named(argument) + Value(argument, site))]);

    /// <summary>The arguments of the constructor of a handler that speaks JSON-RPC.</summary>
    /// <param name="proxyOf">The class that makes the calls of a client interface.</param>
    public static string List(IEnumerable<Argument> arguments, Func<string, string> proxyOf) =>
        List([.. arguments.Select(argument => Named(argument) + Client(argument, proxyOf))]);

    public static string List(IReadOnlyList<string> expressions)
    {
        string line = string.Join(", ", expressions);
        return line.Length <= LongestLine || expressions.Count == 1 ? line : "\n    " + string.Join(",\n    ", expressions);
    }

    private static string Named(Argument argument) => argument.Name is { } name ? CSharpText.Identifier(name) + ": " : "";

    public static string Segment(string request, Argument argument) =>
        $"{request}.{KnownTypes.WsRequest.RouteSegment}({CSharpText.Number(argument.Segment)})";

    private static string Client(Argument argument, Func<string, string> proxyOf) => argument.Source switch
    {
        ArgumentSource.JsonRpcClient => $"new {proxyOf(argument.Type!)}(peer.{KnownTypes.JsonRpcPeer.Client})",
        ArgumentSource.JsonRpcTopic =>
            $"new {GlobalName.WsTopic}<{argument.Type}>(connection.{KnownTypes.WsConnection.Server}, static target => new {proxyOf(argument.Type!)}(target))",
        _ => Value(argument, CallSite.Constructor),
    };

    private static string Value(Argument argument, CallSite site)
    {
        string request = site == CallSite.Event ? "connection." + KnownTypes.WsConnection.KeptRequest : "request";
        string services = site == CallSite.Upgrade ? "services" : "connection." + KnownTypes.WsConnection.Services;
        return argument.Source switch
        {
            ArgumentSource.Connection => "connection",
            ArgumentSource.Request => request,
            ArgumentSource.CancellationToken when site == CallSite.Upgrade => "cancellationToken",
            ArgumentSource.CancellationToken => "connection." + KnownTypes.WsConnection.ConnectionClosed,
            ArgumentSource.ServiceProvider => services,
            ArgumentSource.RequiredService => $"{GlobalName.WsBinding}.{KnownTypes.WsBinding.GetRequiredService}<{argument.Type}>({services})",
            // ! because a parameter may default to null without saying that it can be null.
            ArgumentSource.OptionalService => $"{GlobalName.WsBinding}.{KnownTypes.WsBinding.GetService}<{argument.Type}>({services})!",
            ArgumentSource.UpgradeValue => $"{GlobalName.WsBinding}.{KnownTypes.WsBinding.UpgradeValue}<{argument.Type}>(request)",
            ArgumentSource.RouteText => $"{GlobalName.WsBinding}.{KnownTypes.WsBinding.ToString}({Segment(request, argument)})",
            ArgumentSource.RouteRest => $"{request}.{KnownTypes.WsRequest.RouteRest}({CSharpText.Number(argument.Segment)})",
            ArgumentSource.RouteUtf8Value => $"{GlobalName.WsBinding}.{KnownTypes.WsBinding.ParseUtf8}<{argument.Type}>({Segment(request, argument)})",
            ArgumentSource.RouteUtf16Value => $"{GlobalName.WsBinding}.{KnownTypes.WsBinding.Parse}<{argument.Type}>({Segment(request, argument)})",
            ArgumentSource.PayloadSpan => "payload." + KnownTypes.WsPayload.Span,
            ArgumentSource.PayloadMemory => $"payload.{KnownTypes.WsPayload.ToMemory}()",
            ArgumentSource.PayloadText => $"payload.{KnownTypes.WsPayload.ToString}()",
            ArgumentSource.Close => "close",
            _ => throw new ArgumentOutOfRangeException(nameof(argument)),
        };
    }
}
