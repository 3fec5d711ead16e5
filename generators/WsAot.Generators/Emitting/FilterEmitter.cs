using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;
using static WsAot.Generators.Text.CSharpText;

namespace WsAot.Generators.Emitting;

/// <summary>Writes the code around calls of methods that have filters. For other methods, it writes nothing.</summary>
internal sealed class FilterEmitter(SourceWriter writer)
{
    /// <summary>The parameters and locals of the generated code around a JSON-RPC call.</summary>
    public static string[] Locals { get; } = ["call", "result", "exception", "cancellation"];

    /// <summary>Fields with the attributes, each of which several methods of the handler can share.</summary>
    public void Attributes(HandlerModel handler)
    {
        for (int i = 0; i < handler.FilterAttributes.Count; i++)
        {
            writer.Line(
                $"private static readonly {GlobalName.WsMetadataAttribute} {AttributeField(i)} = {handler.FilterAttributes[i]};");
        }

        if (handler.FilterAttributes.Count > 0) writer.Line();
    }

    /// <summary>A field that describes a method to its filters.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="kind">The name of its kind.</param>
    /// <param name="handler">The full name of the handler.</param>
    /// <param name="method">The name in C#.</param>
    /// <param name="name">The name in JSON-RPC, or of the event.</param>
    /// <param name="filters">Its filters.</param>
    public void Method(string field, string kind, string handler, string method, string name, FilterChain filters)
    {
        string attributes = string.Join(", ", filters.Attributes.Select(AttributeField));
        writer.Line()
            .Line($"private static readonly {GlobalName.WsFilteredMethod} {field} = new {GlobalName.WsFilteredMethod}(")
            .Indented(() => writer
                .Line($"{GlobalName.WsCallKind}.{kind},")
                .Line($"{StringLiteral(handler)},")
                .Line($"{StringLiteral(method)},")
                .Line($"{StringLiteral(name)},")
                .Line($"new {GlobalName.WsMetadataAttribute}[] {{ {attributes} }});"));
    }

    /// <summary>An event whose filters are all synchronous.</summary>
    /// <param name="head">The signature of the method that is generated.</param>
    /// <param name="begin">The arguments that begin the call.</param>
    /// <param name="call">Calls the user's method.</param>
    /// <param name="returns">How that returns.</param>
    public void Event(string head, string begin, string call, ReturnKind returns)
    {
        string? type = returns switch
        {
            ReturnKind.Task => GlobalName.Task,
            ReturnKind.ValueTask => GlobalName.ValueTask,
            _ => null,
        };
        writer.Line().Block(head, () =>
        {
            string enter = $"{GlobalName.WsFiltering}.{FilterTypes.WsFiltering.TryEnter}({begin}, out {GlobalName.WsCall} call)";
            Guard("!" + enter, "return default;");
            Try(type, call, "return default;");
            if (type is not null) writer.Line($"return {CompleteAsync("call", "result")};");
            else writer.Line(Complete).Line("return default;");
        });
    }

    /// <summary>An event with a filter that may wait, and the method that waits.</summary>
    /// <param name="head">The signature of the method that is generated.</param>
    /// <param name="name">The name of the method that waits.</param>
    /// <param name="begin">The arguments that begin the call.</param>
    /// <param name="parameters">The parameters of the method that waits, with their types, and the arguments for them.</param>
    /// <param name="call">Calls the user's method.</param>
    /// <param name="returns">How that returns.</param>
    public void AsynchronousEvent(
        string head, string name, string begin, (string Declared, string Passed) parameters, string call, ReturnKind returns)
    {
        string started = $"{GlobalName.WsFiltering}.{FilterTypes.WsFiltering.Begin}({begin})";
        writer.Line()
            .Line(head + " =>")
            .Indented(() => writer.Line($"{name}({started}, {parameters.Passed});"))
            .Line()
            .Block($"private static async {GlobalName.ValueTask} {name}({GlobalName.WsCall} call, {parameters.Declared})", () =>
            {
                Guard($"!await {GlobalName.WsFiltering}.{FilterTypes.WsFiltering.EnterAsync}(call)", "return;");
                Try(null, returns == ReturnKind.Synchronous ? call : "await " + call, "return;");
                writer.Line(Complete);
            });
    }

    /// <summary>A JSON-RPC method whose filters are all synchronous, after its parameters have been read.</summary>
    /// <param name="field">The field that describes it.</param>
    /// <param name="call">Calls the user's method.</param>
    /// <param name="method">The method.</param>
    /// <param name="type">The argument with the result's JSON metadata, after a comma; or nothing.</param>
    public void JsonRpc(string field, string call, JsonRpcMethodModel method, string type)
    {
        Guard($"!request.{JsonRpcTypes.JsonRpcRequest.TryEnter}({field}, out {GlobalName.WsCall} call)", "return true;");
        Try(TypeOf(method), call, null);
        switch (method.Returns)
        {
            case JsonRpcReturn.Void:
                writer.Line(Complete).Line($"request.{JsonRpcTypes.JsonRpcRequest.Return}();");
                break;
            case JsonRpcReturn.Value:
                writer.Line(Complete).Line($"request.{JsonRpcTypes.JsonRpcRequest.Return}(result{type});");
                break;
            case JsonRpcReturn.Stream:
                writer.Line($"request.{JsonRpcTypes.JsonRpcRequest.ReturnStream}(call, result{type});");
                break;
            default:
                writer.Line($"request.{JsonRpcTypes.JsonRpcRequest.Return}({CompleteAsync("call", "result")}{type});");
                break;
        }

        writer.Line("return true;");
    }

    /// <summary>
    /// The start of a JSON-RPC method with a filter that may wait; <see cref="AsynchronousJsonRpc"/> writes the method that waits.
    /// </summary>
    public void BeginJsonRpc(string field, string name, IEnumerable<string> arguments, bool isStream, string type)
    {
        string started = $"{name}({string.Join(", ", arguments)})";
        writer.Line($"{GlobalName.WsCall} call = request.{JsonRpcTypes.JsonRpcRequest.Begin}({field});")
            .Line(isStream
                ? $"request.{JsonRpcTypes.JsonRpcRequest.ReturnStream}(call, {started}{type});"
                : $"request.{JsonRpcTypes.JsonRpcRequest.Return}({started}{type});")
            .Line("return true;");
    }

    /// <summary>The method that waits for the filters of a JSON-RPC method, and then calls it.</summary>
    public void AsynchronousJsonRpc(string name, IEnumerable<string> parameters, string call, JsonRpcMethodModel method)
    {
        bool isStream = method.Returns == JsonRpcReturn.Stream;
        string? result = isStream ? TypeOf(method) : method.Result?.Type;
        string task = GlobalName.ValueTask + (result is null ? "" : $"<{result}>");
        bool waits = method.Returns is not (JsonRpcReturn.Void or JsonRpcReturn.Value or JsonRpcReturn.Stream);
        writer.Line().Block($"private static async {task} {name}({string.Join(", ", parameters)})", () =>
        {
            writer.Line($"await {GlobalName.JsonRpcRequest}.{JsonRpcTypes.JsonRpcRequest.EnterAsync}(call);");
            Try(result, waits ? "await " + call : call, null);
            // A stream ends its call itself.
            if (!isStream) writer.Line(Complete);
            if (result is not null) writer.Line("return result;");
        });
    }

    private static string Complete => $"{GlobalName.WsFiltering}.{FilterTypes.WsFiltering.Complete}(call);";

    private static string CompleteAsync(string call, string task) =>
        $"{GlobalName.WsFiltering}.{FilterTypes.WsFiltering.CompleteAsync}({call}, {task})";

    private static string AttributeField(int index) => "s_attribute" + Number(index);

    private static string? TypeOf(JsonRpcMethodModel method) => method.Returns switch
    {
        JsonRpcReturn.Void => null,
        JsonRpcReturn.Value => method.Result!.Type,
        JsonRpcReturn.Task => GlobalName.Task,
        JsonRpcReturn.TaskOfValue => $"{GlobalName.Task}<{method.Result!.Type}>",
        JsonRpcReturn.ValueTask => GlobalName.ValueTask,
        JsonRpcReturn.ValueTaskOfValue => $"{GlobalName.ValueTask}<{method.Result!.Type}>",
        JsonRpcReturn.Stream => $"{GlobalName.AsyncEnumerable}<{method.Result!.Type}>",
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };

    private SourceWriter Guard(string condition, string leave) =>
        writer.Line($"if ({condition})").Indented(() => writer.Line(leave)).Line();

    /// <summary>Calls the user's method, and tells the filters if it throws.</summary>
    /// <param name="type">The type of its result; null if there is none.</param>
    /// <param name="call">Calls the user's method.</param>
    /// <param name="leave">How to continue if a filter has handled the exception; null if no filter can.</param>
    private void Try(string? type, string call, string? leave)
    {
        if (type is not null) writer.Line($"{type} result;");
        string fail = $"{GlobalName.WsFiltering}.{FilterTypes.WsFiltering.Fail}(call, exception)";
        writer.Block("try", () => writer.Lines(type is null ? call + ";" : $"result = {call};"))
            .Block($"catch ({GlobalName.Exception} exception)", () =>
            {
                if (leave is null) writer.Line(fail + ";").Line("throw;");
                else Guard(fail, leave).Line("throw;");
            })
            .Line();
    }
}
