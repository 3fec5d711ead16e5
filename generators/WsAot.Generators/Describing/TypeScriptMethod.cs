using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>The TypeScript form of a method.</summary>
/// <param name="Name">Its name in TypeScript.</param>
internal sealed record TypeScriptMethod(MethodDescription Model, string Name, Description Description)
{
    private readonly IReadOnlyList<string> _parameters =
        TypeScriptNames.Parameters([.. Model.Parameters.Select(static parameter => parameter.Name)]);

    /// <summary>The methods of a route's client, with unique names.</summary>
    public static IEnumerable<TypeScriptMethod> Of(DescribedRoute route, Description description)
    {
        var names = new NameScope(StringComparer.Ordinal, [.. TypeScriptNames.ReservedMembers]);
        return [.. route.Description.Methods.Select(
            method => new TypeScriptMethod(method, names.Take(TypeScriptNames.Method(method.Name)), description))];
    }

    /// <summary>The methods that the server calls through an interface.</summary>
    public static IEnumerable<TypeScriptMethod> Of(ClientDescription client, Description description) =>
        client.Methods.Select(method => new TypeScriptMethod(method, description.NameInHandlers(method), description));

    public bool IsStream => Model.Returns == JsonRpcReturn.Stream;

    public bool HasResult => Model.Result is not null;

    /// <summary>Its documentation, in lines.</summary>
    public IReadOnlyList<string?> Comment =>
    [
        Model.Summary,
        .. Model.Parameters.Select((parameter, i) => parameter.Summary is { } summary ? $"@param {_parameters[i]} {summary}" : null),
        Model.ResultSummary is { } result ? "@returns " + result : null,
    ];

    /// <summary>The head of the method that calls the server.</summary>
    public string CallSignature => $"{Name}({List([.. Parameters(readOnly: true), "options?: RpcCallOptions"])}): {CallResult}";

    /// <summary>For the route list: the JSON name, the parameters and the result.</summary>
    public string ShortSignature
    {
        get
        {
            IEnumerable<string> parameters = Model.Parameters.Select(
                parameter => $"{parameter.Name}{(parameter.IsOptional ? "?" : "")}: {Type(parameter, readOnly: false)}");
            return $"{Model.Name}({List(parameters)}): {(IsStream ? "stream of " : "")}{Result}";
        }
    }

    /// <summary>The parameters of the function that sends a notification to the server.</summary>
    public string NotifyParameters => List(Parameters(readOnly: true));

    /// <summary>The arguments as they are sent: by position, or by name if one of them is optional.</summary>
    public string Arguments => Model.Parameters.Any(static parameter => parameter.IsOptional)
        ? $"{{ {List(Model.Parameters.Select((parameter, i) => Named(parameter.Name, _parameters[i])))} }}"
        : $"[{List(_parameters)}]";

    /// <summary>The head of the method that the server calls.</summary>
    public string ServedSignature
    {
        get
        {
            IEnumerable<string> parameters = Parameters(readOnly: false);
            return $"{Name}({List(Model.IsCancellable ? parameters.Append("signal: AbortSignal") : parameters)}): {ServedResult}";
        }
    }

    /// <summary>The table entry with which the client runtime finds and calls the method that the server calls.</summary>
    public string ServedEntry
    {
        get
        {
            string names = List(Model.Parameters.Select(static parameter => JsonText.String(parameter.Name)));
            IEnumerable<string> arguments =
                Model.Parameters.Select((parameter, i) => $"args[{CSharpText.Number(i)}] as {Type(parameter, readOnly: false)}");
            string call = $"options.handlers.{Name}({List(Model.IsCancellable ? arguments.Append("signal") : arguments)})";
            string taken = Model.IsCancellable ? "(args, signal)" : Model.Parameters.Count > 0 ? "(args)" : "()";
            return $"{TypeScriptNames.Property(Model.Name)}: {{ parameters: [{names}], call: {taken} => {call} }},";
        }
    }

    /// <summary>The table entry with which the runtime of topics calls the handler of a message.</summary>
    public string TopicEntry
    {
        get
        {
            IEnumerable<string> arguments =
                Model.Parameters.Select((parameter, i) => $"args[{CSharpText.Number(i)}] as {Type(parameter, readOnly: false)}");
            string taken = Model.Parameters.Count > 0 ? "(handlers, args)" : "(handlers)";
            return $"{TypeScriptNames.Property(Model.Name)}: {taken} => handlers.{Name}?.({List(arguments)}),";
        }
    }

    private string CallResult => IsStream ? $"RpcStream<{Result}>" : $"Promise<{Result}>";

    private string ServedResult => Model.Returns == JsonRpcReturn.Void ? "void" : $"{Result} | Promise<{Result}>";

    private string Result => Model.Result is { } result ? TypeScriptTypes.Text(result, Description) : "void";

    private IEnumerable<string> Parameters(bool readOnly)
    {
        int optionalFrom = Model.Parameters.ToList().FindLastIndex(static parameter => !parameter.IsOptional) + 1;
        return Model.Parameters.Select((parameter, i) =>
            $"{_parameters[i]}{(i >= optionalFrom ? "?" : "")}: {Type(parameter, readOnly)}");
    }

    private string Type(ParameterDescription parameter, bool readOnly) => TypeScriptTypes.Text(parameter.Shape, Description, readOnly);

    private static string Named(string name, string identifier) =>
        identifier == name ? name : $"{TypeScriptNames.Property(name)}: {identifier}";

    private static string List(IEnumerable<string> items) => string.Join(", ", items);
}
