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
    private readonly FilterEmitter _filters = new(writer);

    public void Emit() =>
        // Written as a literal, because the template may contain a line break.
        writer.Line($"// {StringLiteral(handler.Template)}")
            .Line(ObsoleteSuppression.Inner)
            .Block($"private sealed class {className} : {(handler.JsonRpc is null ? GlobalName.WsRoute : GlobalName.JsonRpcRoute)}", () =>
            {
                var checks = new CheckEmitter(writer, handler, enums);
                _filters.Attributes(handler);
                Constructor();
                Events();
                var topics = handler.JsonRpc is { } rpc ? new SubscribeEmitter(writer, rpc, classes) : null;
                topics?.Declarations();
                checks.Emit();
                Create();
                foreach (EventMethod method in handler.Events) Event(method);
                if (handler.Disposal is { } disposal) Dispose(disposal);
                if (handler.JsonRpc is { } jsonRpc) new DispatchEmitter(writer, jsonRpc, handler.FullName, className, classes).Emit();
                topics?.Method();
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

        AddLimits(options, settings);
        if (options.MaxRequestsInFlight != 0)
        {
            settings.Add($"{RoutingTypes.WsRouteOptions.MaxRequestsInFlight} = {Number(options.MaxRequestsInFlight)}");
        }

        if (options.MaxBatchLength != 0) settings.Add($"{RoutingTypes.WsRouteOptions.MaxBatchLength} = {Number(options.MaxBatchLength)}");
        if (options.MaxTopics != 0) settings.Add($"{RoutingTypes.WsRouteOptions.MaxTopics} = {Number(options.MaxTopics)}");
        if (options.MaxSubscribesPerSecond != 0)
        {
            settings.Add($"{RoutingTypes.WsRouteOptions.MaxSubscribesPerSecond} = {Number(options.MaxSubscribesPerSecond)}");
        }

        return settings;
    }

    private static void AddLimits(RouteOptionsModel options, List<string> settings)
    {
        AddNumber(RoutingTypes.WsRouteOptions.MaxMessagesPerSecond, options.MaxMessagesPerSecond);
        AddNumber(RoutingTypes.WsRouteOptions.MaxMessageBurst, options.MaxMessageBurst);
        AddNumber(RoutingTypes.WsRouteOptions.MaxBytesPerSecond, options.MaxBytesPerSecond);
        AddNumber(RoutingTypes.WsRouteOptions.MaxByteBurst, options.MaxByteBurst);
        if (options.RateLimitPolicy is { } policy)
        {
            settings.Add($"{RoutingTypes.WsRouteOptions.RateLimitPolicy} = {GlobalName.RateLimitPolicy}.{policy}");
        }

        AddNumber(RoutingTypes.WsRouteOptions.MaxConnectionLifetimeMs, options.MaxConnectionLifetimeMs);

        void AddNumber(string name, int value)
        {
            if (value != 0) settings.Add($"{name} = {Number(value)}");
        }
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
        if (handler.Events.Any(IsAsynchronous)
            || handler.JsonRpc?.Methods.Any(static method => method.IsAsynchronous) == true
            || handler.JsonRpc?.Subscribes.Any(static method => method.Returns != ReturnKind.Synchronous) == true)
        {
            flags.Add(RoutingTypes.WsHandlerEvents.Asynchronous);
        }

        if (handler.Disposal is not null) flags.Add(RoutingTypes.WsHandlerEvents.Disposable);
        Member(
            $"public override {GlobalName.WsHandlerEvents} {RoutingTypes.WsRoute.Events}",
            InLines(flags.Select(static flag => $"{GlobalName.WsHandlerEvents}.{flag}"), " |"));
    }

    private static bool IsAsynchronous(EventMethod method) =>
        method.Event != WsEvent.Upgrade
        && (method.Returns != ReturnKind.Synchronous || method.Filters is { IsAsynchronous: true });

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
        string target = As(method.DeclaringType, Instance);
        string call = $"{target}.{Identifier(method.Name)}({_arguments.List(method.Arguments, CallSite.Event)})";
        string signature = $"public override {GlobalName.ValueTask} {Signature(method.Event)}";
        if (method.Filters is { } filters)
        {
            FilteredEvent(method, filters, call, signature);
            return;
        }

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

    private string Instance => handler.JsonRpc is null
        ? "handler"
        : $"{As(GlobalName.JsonRpcPeer, "handler")}.{JsonRpcTypes.JsonRpcPeer.Handler}";

    private void Dispose(DisposalModel disposal)
    {
        string signature = $"public override {GlobalName.ValueTask} {RoutingTypes.WsRoute.Dispose}(object handler)";
        if (disposal.IsAsynchronous)
        {
            string target = As(disposal.DeclaringType ?? GlobalName.AsyncDisposable, Instance);
            Member(signature, $"{target}.{SystemTypes.AsyncDisposable.DisposeAsync}()");
            return;
        }

        writer.Line().Block(signature, () => writer
            .Line($"{As(disposal.DeclaringType ?? GlobalName.Disposable, Instance)}.{SystemTypes.Disposable.Dispose}();")
            .Line("return default;"));
    }

    private void FilteredEvent(EventMethod method, FilterChain filters, string call, string signature)
    {
        string name = "On" + method.Event;
        string field = "s_on" + method.Event;
        bool hasPayload = method.Event is WsEvent.Text or WsEvent.Binary or WsEvent.Pong;
        string length = hasPayload ? $"payload.{RoutingTypes.WsPayload.Span}.Length" : "0";
        string begin = $"{field}, {Instance}, connection, {length}";
        _filters.Method(field, method.Event.ToString(), handler.FullName, method.Name, name, filters);
        if (!filters.IsAsynchronous)
        {
            _filters.Event(signature, begin, call, method.Returns);
            return;
        }

        (string declared, string passed) = method.Event switch
        {
            WsEvent.Close => ($", {GlobalName.WsClose} close", ", close"),
            _ when hasPayload => ($", {GlobalName.WsHeldPayload} payload", $", payload.{RoutingTypes.WsPayload.Hold}()"),
            _ => ("", ""),
        };
        _filters.AsynchronousEvent(
            signature,
            name + "Filtered",
            begin,
            ($"object handler, {GlobalName.WsConnection} connection{declared}", $"handler, connection{passed}"),
            call,
            method.Returns);
    }

    private static string Signature(WsEvent kind) => kind switch
    {
        WsEvent.Open => $"{RoutingTypes.WsRoute.OnOpen}(object handler, {GlobalName.WsConnection} connection)",
        WsEvent.Text =>
            $"{RoutingTypes.WsRoute.OnText}(object handler, {GlobalName.WsConnection} connection, in {GlobalName.WsPayload} payload)",
        WsEvent.Binary =>
            $"{RoutingTypes.WsRoute.OnBinary}(object handler, {GlobalName.WsConnection} connection, in {GlobalName.WsPayload} payload)",
        WsEvent.Pong =>
            $"{RoutingTypes.WsRoute.OnPong}(object handler, {GlobalName.WsConnection} connection, in {GlobalName.WsPayload} payload)",
        WsEvent.Drained => $"{RoutingTypes.WsRoute.OnDrained}(object handler, {GlobalName.WsConnection} connection)",
        WsEvent.Close =>
            $"{RoutingTypes.WsRoute.OnClose}(object handler, {GlobalName.WsConnection} connection, {GlobalName.WsClose} close)",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string As(string type, string value) => $"{GlobalName.Unsafe}.{SystemTypes.Unsafe.As}<{type}>({value})";

    private void Member(string head, string body) => writer.Member(head, body);

    private static string InLines(IEnumerable<string> terms, string separator) => string.Join(separator + "\n", terms);
}
