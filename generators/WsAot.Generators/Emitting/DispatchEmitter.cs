using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;
using static WsAot.Generators.Text.CSharpText;

namespace WsAot.Generators.Emitting;

/// <summary>Writes the code that finds a handler's method by name, reads its parameters from the message, and calls it.</summary>
internal sealed class DispatchEmitter(
    SourceWriter writer, JsonRpcModel model, string handlerName, string className, JsonClasses classes)
{
    private const string Parameters = $"{GlobalName.JsonRpcPeer} peer, ref {GlobalName.JsonRpcRequest} request";
    private const string Connection = "peer." + JsonRpcTypes.JsonRpcPeer.Connection;

    private readonly Dictionary<string, string> _calls = new(StringComparer.Ordinal);
    private readonly NameScope _members = new(StringComparer.Ordinal, className);
    private readonly FilterEmitter _filters = new(writer);

    // Writes the second method that the current one needs.
    private Action? _afterCall;

    public void Emit()
    {
        foreach (JsonRpcMethodModel method in model.Methods) _calls.Add(method.Name, _members.Take("Call" + method.MethodName));
        Invoke();
        foreach (JsonRpcMethodModel method in model.Methods)
        {
            if (method.Filters is { } filters)
            {
                _filters.Method(
                    FieldOf(method), WsAotTypes.WsCallKind.JsonRpcRequest, handlerName, method.MethodName, method.Name, filters);
            }

            writer
                .Line()
                .Line($"// {StringLiteral(method.Name)}")
                .Block($"private static bool {_calls[method.Name]}({Parameters})", () => Call(method));
            _afterCall?.Invoke();
            _afterCall = null;
        }
    }

    private void Invoke() =>
        writer.Line().Block($"protected override bool {JsonRpcTypes.JsonRpcRoute.Invoke}({Parameters})", () =>
        {
            if (model.Methods.Count > 0)
            {
                writer.Line($"{GlobalName.ReadOnlySpanOfByte} method = request.{JsonRpcTypes.JsonRpcRequest.Method};");
                new LiteralSwitch(writer, "method", Branch).Emit(model.Methods.Select(static method => method.Name));
                writer.Line();
            }

            writer.Line("return false;");
        });

    private void Branch(string name) =>
        writer
            .Line($"if ({LiteralSwitch.IsEqual("method", name)})")
            .Indented(() => writer.Line($"return {_calls[name]}(peer, ref request);"));

    private void Call(JsonRpcMethodModel method)
    {
        // TryBegin refuses an asynchronous call if too many are in flight. It has answered the client then.
        if (method.IsAsynchronous)
        {
            writer.Line($"if (!request.{JsonRpcTypes.JsonRpcRequest.TryBegin}())").Indented(() => writer.Line("return true;")).Line();
        }

        string[] taken = ["peer", "request", "parameters"];
        var locals = new NameScope(StringComparer.Ordinal, method.Filters is null ? taken : [.. taken, .. FilterEmitter.Locals]);
        var read = new List<ReadParameter>();
        var arguments = new List<string>();
        foreach (JsonRpcParameterModel parameter in method.Parameters)
        {
            if (parameter.Value is not null) read.Add(new ReadParameter(parameter, read.Count, Identifier(locals.Take(parameter.Name))));
            arguments.Add(parameter.Source is { } source
                ? SourceExpression(source, method)
                : read[read.Count - 1].Local);
        }

        foreach (ReadParameter parameter in read)
        {
            writer.Line($"{parameter.Model.Value!.Type} {parameter.Local} = {parameter.Model.DefaultValue ?? "default"};");
        }

        ReadParameters(read);
        // Cast to the declaring class, because the handler may hide the method with another of the same name.
        string target = $"{GlobalName.Unsafe}.{SystemTypes.Unsafe.As}<{method.DeclaringType}>(peer.{JsonRpcTypes.JsonRpcPeer.Handler})";
        string call = $"{target}.{Identifier(method.MethodName)}({ArgumentText.List(arguments)})";
        if (method.Filters is not null)
        {
            Filtered(method, call, read);
            return;
        }

        Return(method, call);
        writer.Line("return true;");
    }

    private void Filtered(JsonRpcMethodModel method, string call, List<ReadParameter> read)
    {
        string type = TypeArgument(method);
        if (method.Filters is not { IsAsynchronous: true })
        {
            _filters.JsonRpc(FieldOf(method), call, method, type);
            return;
        }

        string name = _members.Take(_calls[method.Name] + "Filtered");
        bool takesToken = TakesToken(method);
        IEnumerable<string> arguments = read.Select(static parameter => parameter.Local);
        if (takesToken) arguments = arguments.Append($"request.{JsonRpcTypes.JsonRpcRequest.Cancellation}()");
        _filters.BeginJsonRpc(FieldOf(method), name, ["call", "peer", .. arguments], method.Returns == JsonRpcReturn.Stream, type);
        IEnumerable<string> parameters = read.Select(static parameter => $"{parameter.Model.Value!.Type} {parameter.Local}");
        if (takesToken) parameters = parameters.Append($"{GlobalName.CancellationToken} cancellation");
        _afterCall = () => _filters.AsynchronousJsonRpc(
            name, [$"{GlobalName.WsCall} call", $"{GlobalName.JsonRpcPeer} peer", .. parameters], call, method);
    }

    private static bool TakesToken(JsonRpcMethodModel method) =>
        method.Parameters.Any(static parameter => parameter.Source is { Source: ArgumentSource.CancellationToken });

    // The name of the generated method that makes the call, with s_c in place of its first letter.
    private string FieldOf(JsonRpcMethodModel method) => "s_c" + _calls[method.Name].Substring(1);

    private void ReadParameters(List<ReadParameter> read)
    {
        writer.Line($"{GlobalName.JsonRpcParameters} parameters = request.{JsonRpcTypes.JsonRpcRequest.ReadParameters}();");
        string next = $"while (parameters.{JsonRpcTypes.JsonRpcParameters.MoveNext}())";
        string refuse = $"parameters.{JsonRpcTypes.JsonRpcParameters.RefuseCurrent}();";
        if (read.Count == 0) writer.Line(next).Indented(() => writer.Line(refuse)).Line();
        else ReadEach(read, next, refuse);
        // Accept has answered the client if a parameter does not fit. A client's message never makes the code throw.
        writer
            .Line($"if (!request.{JsonRpcTypes.JsonRpcRequest.Accept}(ref parameters))")
            .Indented(() => writer.Line("return true;"))
            .Line();
    }

    private void ReadEach(List<ReadParameter> read, string next, string refuse)
    {
        writer.Block(next, () =>
        {
            foreach (ReadParameter parameter in read)
            {
                JsonValueModel value = parameter.Model.Value!;
                string get = value.IsReference && !value.IsNullable
                    ? JsonRpcTypes.JsonRpcParameters.GetNotNull
                    : JsonRpcTypes.JsonRpcParameters.Get;
                writer.Line(
                    $"{(parameter.Index == 0 ? "if" : "else if")} (parameters.{JsonRpcTypes.JsonRpcParameters.IsAt}({parameter.Position}))")
                    .Indented(() => writer.Line($"{parameter.Local} = parameters.{get}({classes.TypeInfo(model.Context, value)});"));
            }

            writer.Line("else").Indented(() => writer.Line(refuse));
        });
        writer.Line();
        foreach (ReadParameter parameter in read.Where(static parameter => parameter.Model.DefaultValue is null))
        {
            writer.Line($"parameters.{JsonRpcTypes.JsonRpcParameters.Require}({parameter.Position});");
        }
    }

    private void Return(JsonRpcMethodModel method, string call)
    {
        if (method.Returns == JsonRpcReturn.Void)
        {
            writer.Lines(call + ";").Line($"request.{JsonRpcTypes.JsonRpcRequest.Return}();");
            return;
        }

        string way = method.Returns == JsonRpcReturn.Stream ? JsonRpcTypes.JsonRpcRequest.ReturnStream : JsonRpcTypes.JsonRpcRequest.Return;
        // A dynamic value would bind the call at run time, which needs reflection.
        string result = method is { Returns: JsonRpcReturn.Value, Result.Type: "object" } ? "(object)" + call : call;
        writer.Lines($"request.{way}({result}{TypeArgument(method)});");
    }

    private string TypeArgument(JsonRpcMethodModel method) =>
        method.Result is { } value ? ", " + classes.TypeInfo(model.Context, value) : "";

    private static string SourceExpression(Argument source, JsonRpcMethodModel method) => source.Source switch
    {
        ArgumentSource.Connection => Connection,
        ArgumentSource.Server => $"{Connection}.{WsAotTypes.WsConnection.Server}",
        ArgumentSource.Request => $"{Connection}.{WsAotTypes.WsConnection.KeptRequest}",
        // By the time the method is called, the request object is gone.
        ArgumentSource.CancellationToken when method.Filters is { IsAsynchronous: true } => "cancellation",
        // The client can cancel an asynchronous call.
        ArgumentSource.CancellationToken when method.IsAsynchronous => $"request.{JsonRpcTypes.JsonRpcRequest.Cancellation}()",
        ArgumentSource.CancellationToken => $"{Connection}.{WsAotTypes.WsConnection.ConnectionClosed}",
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };

    /// <summary>A parameter that is read from the message into a local variable.</summary>
    private sealed record ReadParameter(JsonRpcParameterModel Model, int Index, string Local)
    {
        public string Position => $"{Number(Index)}, {StringLiteral(Model.Name)}u8";
    }
}
