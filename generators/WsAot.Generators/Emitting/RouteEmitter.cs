using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;
using static WsAot.Generators.Text.CSharpText;

namespace WsAot.Generators.Emitting;

/// <summary>Writes the route class through which the server calls one handler class.</summary>
internal sealed class RouteEmitter(
    SourceWriter writer, HandlerModel handler, string className, JsonClasses classes, EnumClasses enums)
{
    private readonly ArgumentText _arguments = new(enums);

    public void Emit() =>
        // Written as a literal, because the template may contain a line break.
        writer.Line($"// {StringLiteral(handler.Template)}")
            .Line(ObsoleteSuppression.Inner)
            .Block($"private sealed class {className} : {(handler.JsonRpc is null ? GlobalName.WsRoute : GlobalName.JsonRpcRoute)}", () =>
            {
                Constructor();
                Events();
                Accepts();
                Create();
                foreach (EventMethod method in handler.Events) Event(method);
                if (handler.JsonRpc is { } jsonRpc) new DispatchEmitter(writer, jsonRpc, className, classes).Emit();
            });

    private void Constructor()
    {
        string options = $": base(new {GlobalName.WsRouteOptions}({StringLiteral(handler.Template)}, {StringLiteral(handler.FullName)})";
        List<string> settings = Settings(handler.Options);
        writer.Line($"public {className}()").Indented(() =>
        {
            if (settings.Count == 0) writer.Line(options + ")");
            else writer.Block(options, () => settings.ForEach(setting => writer.Line(setting + ",")), "})");
        });
        writer.Line("{").Line("}");
    }

    private static List<string> Settings(RouteOptionsModel options)
    {
        var settings = new List<string>();
        if (options.Subprotocols.Count > 0)
        {
            string names = string.Join(", ", options.Subprotocols.Select(StringLiteral));
            settings.Add($"{RoutingTypes.WsRouteOptions.Subprotocols} = new string[] {{ {names} }}");
        }

        if (options.MaxMessageBytes != 0)
        {
            settings.Add($"{RoutingTypes.WsRouteOptions.MaxMessageBytes} = {Number(options.MaxMessageBytes)}");
        }

        if (options.MaxFragments != 0) settings.Add($"{RoutingTypes.WsRouteOptions.MaxFragments} = {Number(options.MaxFragments)}");
        if (options.MaxPendingOutputBytes != 0)
        {
            settings.Add($"{RoutingTypes.WsRouteOptions.MaxPendingOutputBytes} = {Number(options.MaxPendingOutputBytes)}");
        }

        if (options.Compression is { } mode) settings.Add($"{RoutingTypes.WsRouteOptions.Compression} = {GlobalName.WsCompression}.{mode}");
        if (options.SlowConsumer is { } policy)
        {
            settings.Add($"{RoutingTypes.WsRouteOptions.SlowConsumer} = {GlobalName.SlowConsumerPolicy}.{policy}");
        }

        if (options.MaxRequestsInFlight != 0)
        {
            settings.Add($"{RoutingTypes.WsRouteOptions.MaxRequestsInFlight} = {Number(options.MaxRequestsInFlight)}");
        }

        if (options.MaxBatchLength != 0) settings.Add($"{RoutingTypes.WsRouteOptions.MaxBatchLength} = {Number(options.MaxBatchLength)}");
        return settings;
    }

    private void Events()
    {
        IEnumerable<WsEvent> events = handler.Events.Select(static method => method.Event);
        if (handler.JsonRpc is not null) events = events.Append(WsEvent.Text).OrderBy(static kind => kind);
        var flags = events.Select(Flag).ToList();
        // A constructor may keep the request in a field.
        if (handler.Events.Any(KeepsRequest)
            || handler.JsonRpc?.Methods.Any(KeepsRequest) == true
            || handler.ConstructorArguments.Any(static argument => argument.Source == ArgumentSource.Request))
        {
            flags.Add(RoutingTypes.WsHandlerEvents.KeepsRequest);
        }

        // OnUpgrade comes before there is a connection.
        if (handler.Events.Any(static method => method.Event != WsEvent.Upgrade && method.Returns != ReturnKind.Synchronous)
            || handler.JsonRpc?.Methods.Any(static method => method.Returns is not (JsonRpcReturn.Void or JsonRpcReturn.Value)) == true)
        {
            flags.Add(RoutingTypes.WsHandlerEvents.Asynchronous);
        }

        Member(
            $"public override {GlobalName.WsHandlerEvents} {RoutingTypes.WsRoute.Events}",
            InLines(flags.Select(static flag => $"{GlobalName.WsHandlerEvents}.{flag}"), " |"));
    }

    private static bool KeepsRequest(EventMethod method) =>
        method.Event != WsEvent.Upgrade && method.Arguments.Any(static argument => argument.NeedsRequest);

    private static bool KeepsRequest(JsonRpcMethodModel method) =>
        method.Parameters.Any(static parameter => parameter.Source is { NeedsRequest: true });

    private static string Flag(WsEvent kind) => kind switch
    {
        WsEvent.Upgrade => RoutingTypes.WsHandlerEvents.Upgrade,
        WsEvent.Open => RoutingTypes.WsHandlerEvents.Open,
        WsEvent.Text => RoutingTypes.WsHandlerEvents.Text,
        WsEvent.Binary => RoutingTypes.WsHandlerEvents.Binary,
        WsEvent.Pong => RoutingTypes.WsHandlerEvents.Pong,
        WsEvent.Drained => RoutingTypes.WsHandlerEvents.Drained,
        WsEvent.Close => RoutingTypes.WsHandlerEvents.Close,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private void Accepts()
    {
        string[] checks = [.. handler.ConstructorArguments
            .Concat(handler.Events.SelectMany(static method => method.Arguments))
            .Where(static argument => argument.IsParsed)
            .OrderBy(static argument => argument.Segment)
            .Select(Check)
            .Distinct(StringComparer.Ordinal)];
        if (checks.Length > 0)
        {
            Member($"public override bool {RoutingTypes.WsRoute.Accepts}({GlobalName.WsRequest} request)", InLines(checks, " &&"));
        }
    }

    private string Check(Argument argument) =>
        $"{enums.MethodsFor(argument).TryParse}({ArgumentText.Segment("request", argument)}, out _)";

    private void Create()
    {
        string signature =
            $"public override object {RoutingTypes.WsRoute.Create}({GlobalName.WsConnection} connection, {GlobalName.WsRequest} request)";
        if (handler.JsonRpc is not { } jsonRpc)
        {
            Member(signature, $"new {handler.TypeName}({_arguments.List(handler.ConstructorArguments, CallSite.Constructor)})");
            return;
        }

        string arguments = _arguments.List(handler.ConstructorArguments, client => classes.Proxy(jsonRpc.Context, client));
        writer.Line().Block(signature, () => writer
            .Line($"var peer = new {GlobalName.JsonRpcPeer}(connection, Options);")
            .Lines($"peer.{JsonRpcTypes.JsonRpcPeer.Handler} = new {handler.TypeName}({arguments});")
            .Line("return peer;"));
    }

    private void Event(EventMethod method)
    {
        if (method.Event == WsEvent.Upgrade) Upgrade(method);
        else InstanceEvent(method);
    }

    private void Upgrade(EventMethod method)
    {
        string call = $"{method.DeclaringType}.{Identifier(method.Name)}({_arguments.List(method.Arguments, CallSite.Upgrade)})";
        Member(
            $"public override {GlobalName.ValueTask}<{GlobalName.WsUpgrade}> {RoutingTypes.WsRoute.OnUpgrade}"
                + $"({GlobalName.WsRequest} request, {GlobalName.ServiceProvider} services, "
                + $"{GlobalName.CancellationToken} cancellationToken)",
            method.Returns switch
            {
                ReturnKind.ValueTask => call,
                ReturnKind.UpgradeWithValue => $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.Upgrade}({call})",
                _ => $"new {GlobalName.ValueTask}<{GlobalName.WsUpgrade}>({call})",
            });
    }

    private void InstanceEvent(EventMethod method)
    {
        // Cast to the declaring class, because the handler may hide the method with another of the same name.
        string instance = handler.JsonRpc is null
            ? "handler"
            : $"{As(GlobalName.JsonRpcPeer, "handler")}.{JsonRpcTypes.JsonRpcPeer.Handler}";
        string target = As(method.DeclaringType, instance);
        string call = $"{target}.{Identifier(method.Name)}({_arguments.List(method.Arguments, CallSite.Event)})";
        string signature = $"public override {GlobalName.ValueTask} {Signature(method.Event)}";
        switch (method.Returns)
        {
            case ReturnKind.ValueTask:
                Member(signature, call);
                break;
            case ReturnKind.Task:
                Member(signature, $"new {GlobalName.ValueTask}({call})");
                break;
            default:
                writer.Line().Block(signature, () => writer.Lines(call + ";").Line("return default;"));
                break;
        }
    }

    private static string Signature(WsEvent kind) => kind switch
    {
        WsEvent.Open => $"{RoutingTypes.WsRoute.OnOpen}(object handler, {GlobalName.WsConnection} connection)",
        WsEvent.Text =>
            $"{RoutingTypes.WsRoute.OnText}(object handler, {GlobalName.WsConnection} connection, {GlobalName.WsPayload} payload)",
        WsEvent.Binary =>
            $"{RoutingTypes.WsRoute.OnBinary}(object handler, {GlobalName.WsConnection} connection, {GlobalName.WsPayload} payload)",
        WsEvent.Pong =>
            $"{RoutingTypes.WsRoute.OnPong}(object handler, {GlobalName.WsConnection} connection, {GlobalName.WsPayload} payload)",
        WsEvent.Drained => $"{RoutingTypes.WsRoute.OnDrained}(object handler, {GlobalName.WsConnection} connection)",
        WsEvent.Close =>
            $"{RoutingTypes.WsRoute.OnClose}(object handler, {GlobalName.WsConnection} connection, {GlobalName.WsClose} close)",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string As(string type, string value) => $"{GlobalName.Unsafe}.{SystemTypes.Unsafe.As}<{type}>({value})";

    private void Member(string head, string body) => writer.Line().Line(head + " =>").Indented(() => writer.Lines(body + ";"));

    private static string InLines(IEnumerable<string> terms, string separator) => string.Join(separator + "\n", terms);
}
