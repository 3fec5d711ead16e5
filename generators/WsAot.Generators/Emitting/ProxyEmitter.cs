using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;
using static WsAot.Generators.Text.CSharpText;

namespace WsAot.Generators.Emitting;

/// <summary>Writes a class that implements a client interface: each call sends a message to the client.</summary>
internal sealed class ProxyEmitter(SourceWriter writer, JsonRpcProxy proxy, JsonClasses classes)
{
    // The default that the documentation of [JsonRpcClient] promises.
    private const int DefaultTimeoutMs = 30_000;

    private readonly JsonRpcClientModel _client = proxy.Client;

    public void Emit() =>
        writer.Line(ObsoleteSuppression.Inner).Block($"private sealed class {proxy.ClassName} : {_client.InterfaceType}", () =>
        {
            writer.Line($"private readonly {GlobalName.JsonRpcTarget} _target;")
                .Line()
                .Block($"public {proxy.ClassName}({GlobalName.JsonRpcTarget} target)", () => writer.Line("_target = target;"));
            foreach (JsonRpcMethodModel method in _client.Methods) Method(method);
        });

    private void Method(JsonRpcMethodModel method)
    {
        var locals = new NameScope(StringComparer.Ordinal, "message", "_target");
        (JsonRpcParameterModel Model, string Local)[] parameters =
            [.. method.Parameters.Select(parameter => (parameter, Identifier(locals.Take(parameter.Name))))];
        string signature = string.Join(
            ", ",
            parameters.Select(static parameter => $"{parameter.Model.Value?.Type ?? GlobalName.CancellationToken} {parameter.Local}"));
        writer.Line().Block($"{ReturnType(method)} {method.DeclaringType}.{Identifier(method.MethodName)}({signature})", () =>
        {
            writer.Line(
                $"{GlobalName.JsonRpcOutgoing} message = _target.{JsonRpcTypes.JsonRpcTarget.Begin}({StringLiteral(method.Name)}u8);");
            foreach ((JsonRpcParameterModel parameter, string local) in parameters)
            {
                if (parameter.Value is { } value)
                {
                    writer.Line($"message.{JsonRpcTypes.JsonRpcOutgoing.Add}({local}, {classes.TypeInfo(proxy.Context, value)});");
                }
            }

            writer.Line(Send(method, parameters.FirstOrDefault(static parameter => parameter.Model.Source is not null).Local ?? "default"));
        });
    }

    private static string ReturnType(JsonRpcMethodModel method) => method.Returns switch
    {
        _ when method.Publishes == PublishReturn.Kept => GlobalName.ValueTask,
        _ when method.Publishes == PublishReturn.Position => $"{GlobalName.ValueTask}<{GlobalName.WsTopicPosition}>",
        JsonRpcReturn.Void => "void",
        JsonRpcReturn.Task => GlobalName.Task,
        JsonRpcReturn.TaskOfValue => $"{GlobalName.Task}<{method.Result!.Type}>",
        JsonRpcReturn.ValueTask => GlobalName.ValueTask,
        JsonRpcReturn.ValueTaskOfValue => $"{GlobalName.ValueTask}<{method.Result!.Type}>",
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };

    private string Send(JsonRpcMethodModel method, string cancellationToken)
    {
        if (method.Publishes == PublishReturn.Kept) return $"return _target.{JsonRpcTypes.JsonRpcTarget.Publish}(ref message);";
        if (method.Publishes == PublishReturn.Position) return $"return _target.{JsonRpcTypes.JsonRpcTarget.PublishAt}(ref message);";
        if (method.Returns == JsonRpcReturn.Void) return $"_target.{JsonRpcTypes.JsonRpcTarget.Notify}(ref message);";
        string way = method.Result is { IsReference: true, IsNullable: false }
            ? JsonRpcTypes.JsonRpcTarget.RequestNotNull
            : JsonRpcTypes.JsonRpcTarget.Request;
        string type = method.Result is { } value ? classes.TypeInfo(proxy.Context, value) + ", " : "";
        string timeoutMs = Number(_client.TimeoutMs == 0 ? DefaultTimeoutMs : _client.TimeoutMs);
        string request = $"_target.{way}(ref message, {type}{timeoutMs}, {cancellationToken})";
        return method.Returns is JsonRpcReturn.ValueTask or JsonRpcReturn.ValueTaskOfValue
            ? $"return new {ReturnType(method)}({request});"
            : $"return {request};";
    }
}
