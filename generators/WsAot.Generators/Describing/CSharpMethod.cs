using WsAot.Generators.Model;
using WsAot.Generators.Text;
using static WsAot.Generators.Text.CSharpText;

namespace WsAot.Generators.Describing;

/// <summary>The C# form of a method.</summary>
/// <param name="Name">Its name in the client, without <c>Async</c>.</param>
internal sealed record CSharpMethod(MethodDescription Model, string Name, CSharpTypes Types)
{
    private const string Token = "cancellationToken";

    private readonly IReadOnlyList<string> _parameters =
        CSharpNames.Parameters(Model.Parameters.Select(static parameter => parameter.Name), "writer", "parameters", "result", Token);

    public static IReadOnlyList<CSharpMethod> Of(IEnumerable<MethodDescription> methods, NameScope names, CSharpTypes types) =>
        [.. methods.Select(method => new CSharpMethod(method, names.Take(CSharpNames.Member(method.Name)), types))];

    public bool IsStream => Model.Returns == JsonRpcReturn.Stream;

    public bool HasResult => Model.Result is not null;

    /// <summary>The name of the method that waits for an answer.</summary>
    private string AsyncName => Name.EndsWith("Async", StringComparison.Ordinal) ? Name : Name + "Async";

    private int OptionalFrom => Model.Parameters.ToList().FindLastIndex(static parameter => !parameter.IsOptional) + 1;

    /// <summary>Writes the method that calls the server.</summary>
    public void EmitCall(SourceWriter writer)
    {
        string type = IsStream ? $"IAsyncEnumerable<{Types.Text(Model.Result!)}>"
            : Model.Result is { } result ? $"Task<{Types.Text(result)}>"
            : "Task";
        string typeInfo = Model.Result is { } value ? Types.TypeInfo(value) : "NoResult";
        Comment(writer)
            .Line($"public {type} {AsyncName}({List([.. Parameters(), "CancellationToken cancellationToken = default"])}) =>")
            .Indented(() => Arguments(
                writer,
                $"{(IsStream ? "StreamAsync" : "RequestAsync")}({StringLiteral(Model.Name)}, ",
                $", {typeInfo}, {Token});"));
    }

    /// <summary>Writes the method that notifies the server.</summary>
    public void EmitNotification(SourceWriter writer) =>
        Comment(writer, "The server sends no answer, not even an error.")
            .Line($"public void Notify{Name}({List(Parameters())}) =>")
            .Indented(() => Arguments(writer, $"Notify({StringLiteral(Model.Name)}, ", ");"));

    /// <summary>Writes the method that the server calls, as a member of an interface.</summary>
    public void EmitServed(SourceWriter writer)
    {
        string type = Model.Returns == JsonRpcReturn.Void ? "void"
            : Model.Result is { } result ? $"ValueTask<{Types.Text(result)}>"
            : "ValueTask";
        IEnumerable<string> parameters = ServedParameters();
        if (Model.IsCancellable) parameters = parameters.Append("CancellationToken cancellationToken");
        Comment(writer).Line($"{type} {ServedName}({List(parameters)});");
    }

    /// <summary>The parameters of the method that the server calls.</summary>
    public IEnumerable<string> ServedParameters() =>
        Model.Parameters.Select((parameter, i) => $"{Types.Text(parameter.Shape)} {_parameters[i]}");

    /// <summary>The arguments of the method that the server calls, read from the message.</summary>
    /// <param name="reader">The class with the method that reads an argument.</param>
    public IEnumerable<string> ServedArguments(string reader) => Model.Parameters.Select((parameter, i) =>
        $"{reader}Argument(parameters, {Number(i)}, {StringLiteral(parameter.Name)}, {Types.TypeInfo(parameter.Shape)})");

    /// <summary>Writes the case in which the server calls the method of an interface.</summary>
    /// <param name="target">The object that implements the interface.</param>
    public void EmitCase(SourceWriter writer, string target)
    {
        IEnumerable<string> arguments = ServedArguments("");
        if (Model.IsCancellable) arguments = arguments.Append(Token);
        string call = $"{target}.{ServedName}({List(arguments)})";
        string awaited = $"await {call}.ConfigureAwait(false)";
        writer.Line($"case {StringLiteral(Model.Name)}:").Indented(() => writer
            .Line(Model.Returns == JsonRpcReturn.Void ? call + ";"
                : Model.Result is { } result ? $"JsonSerializer.Serialize(result, {awaited}, {Types.TypeInfo(result)});"
                : awaited + ";")
            .Line("return true;"));
    }

    public SourceWriter Comment(SourceWriter writer, string? more = null)
    {
        writer.Summary(Model.Summary, more);
        for (int i = 0; i < _parameters.Count; i++) writer.Parameter(_parameters[i], Model.Parameters[i].Summary);
        return writer.Returns(more is null && !IsStream ? Model.ResultSummary : null);
    }

    private string ServedName => Model.Returns == JsonRpcReturn.Void ? Identifier(Name) : AsyncName;

    private IEnumerable<string> Parameters() => Model.Parameters.Select((parameter, i) =>
        $"{(parameter.IsOptional ? Types.OrNull(parameter.Shape) : Types.Text(parameter.Shape))} {_parameters[i]}"
            + (i >= OptionalFrom ? " = null" : ""));

    private void Arguments(SourceWriter writer, string before, string after)
    {
        if (Model.Parameters.Count == 0)
        {
            writer.Line(before + "NoParameters" + after);
            return;
        }

        bool isNamed = Model.Parameters.Any(static parameter => parameter.IsOptional);
        string kind = isNamed ? "Object" : "Array";
        writer.Line(before + "writer =>").Line("{").Indented(() =>
        {
            writer.Line($"writer.WriteStart{kind}();");
            for (int i = 0; i < _parameters.Count; i++) Argument(writer, Model.Parameters[i], _parameters[i], isNamed);
            writer.Line($"writer.WriteEnd{kind}();");
        }).Line("}" + after);
    }

    private void Argument(SourceWriter writer, ParameterDescription parameter, string name, bool isNamed)
    {
        bool isValueOrNull = parameter.IsOptional && Types.IsValue(parameter.Shape);
        string value = isValueOrNull ? name + ".Value" : name;
        string serialize = $"JsonSerializer.Serialize(writer, {value}, {Types.TypeInfo(parameter.Shape, isNotNull: isValueOrNull)});";
        string key = $"writer.WritePropertyName({StringLiteral(parameter.Name)});";
        if (!isNamed) writer.Line(serialize);
        else if (!parameter.IsOptional) writer.Line(key).Line(serialize);
        else if (parameter.Shape.Kind == ShapeKind.Unknown) UnknownArgument(writer, name, parameter.Name);
        else writer.Block($"if ({name} is not null)", () => writer.Line(key).Line(serialize));
    }

    private static void UnknownArgument(SourceWriter writer, string name, string key) =>
        writer.Block($"if ({name} is {{ }} {name.TrimStart('@')}Value)", () => writer
            .Line($"writer.WritePropertyName({StringLiteral(key)});")
            .Line($"{name.TrimStart('@')}Value.WriteTo(writer);"));

    private static string List(IEnumerable<string> items) => string.Join(", ", items);
}
