using WsAot.Generators.Emitting;
using WsAot.Generators.Model;

namespace WsAot.Generators.Describing;

/// <summary>A method as TypeScript writes it.</summary>
/// <param name="Name">Its name in TypeScript.</param>
internal sealed record TypeScriptMethod(JsonRpcMethodModel Model, string Name, Description Description)
{
    private readonly JsonRpcParameterModel[] _parameters = [.. Model.Parameters.Where(static parameter => parameter.Value is not null)];

    public bool IsStream => Model.Returns == JsonRpcReturn.Stream;

    public bool HasResult => Model.Result is not null;

    /// <summary>Its documentation, in lines.</summary>
    public IReadOnlyList<string?> Comment =>
    [
        Model.Summary,
        .. _parameters.Where(static parameter => parameter.Summary is not null)
            .Select(static parameter => $"@param {TypeScriptNames.Parameter(parameter.Name)} {parameter.Summary}"),
        Model.ResultSummary is { } result ? "@returns " + result : null,
    ];

    /// <summary>The head of the method that calls the server.</summary>
    public string CallSignature => $"{Name}({List([.. Parameters(readOnly: true), "options?: CallOptions"])}): {CallResult}";

    /// <summary>For a list: the name, what it takes and what it gives.</summary>
    public string ShortSignature => $"{Name}({NotifyParameters}): {(IsStream ? "stream of " : "")}{Result}";

    /// <summary>The parameters of the function that tells the server.</summary>
    public string NotifyParameters => List(Parameters(readOnly: true));

    /// <summary>The arguments as they go out: by position, or by name where one may be left out.</summary>
    public string Arguments => _parameters.Any(static parameter => parameter.DefaultValue is not null)
        ? $"{{ {List(_parameters.Select(static parameter => Named(parameter.Name)))} }}"
        : $"[{List(_parameters.Select(static parameter => TypeScriptNames.Parameter(parameter.Name)))}]";

    /// <summary>The head of the method that the server calls.</summary>
    public string ServedSignature => $"{Name}({List([.. Parameters(readOnly: false), .. TakesSignal ? ["signal: AbortSignal"] : Array.Empty<string>()])}): {ServedResult}";

    /// <summary>What finds the method that the server calls, and calls it.</summary>
    public string ServedEntry
    {
        get
        {
            string names = List(_parameters.Select(static parameter => JsonText.String(parameter.Name)));
            IEnumerable<string> arguments = _parameters.Select((parameter, i) => $"args[{CSharpText.Number(i)}] as {Type(parameter, readOnly: false)}");
            string call = $"options.handlers.{Name}({List(TakesSignal ? arguments.Append("signal") : arguments)})";
            string taken = TakesSignal ? "(args, signal)" : _parameters.Length > 0 ? "(args)" : "()";
            return $"{TypeScriptNames.Property(Model.Name)}: {{ parameters: [{names}], call: {taken} => {call} }},";
        }
    }

    private bool TakesSignal => Model.Parameters.Any(static parameter => parameter.Source?.Source == ArgumentSource.CancellationToken);

    private string CallResult => IsStream ? $"AsyncIterable<{Result}>" : $"Promise<{Result}>";

    private string ServedResult => Model.Returns == JsonRpcReturn.Void ? "void" : $"{Result} | Promise<{Result}>";

    private string Result => Model.Result is { } result ? TypeScriptTypes.Text(result.Shape, Description) : "void";

    private IEnumerable<string> Parameters(bool readOnly)
    {
        int optionalFrom = Array.FindLastIndex(_parameters, static parameter => parameter.DefaultValue is null) + 1;
        return _parameters.Select((parameter, i) =>
            $"{TypeScriptNames.Parameter(parameter.Name)}{(i >= optionalFrom ? "?" : "")}: {Type(parameter, readOnly)}");
    }

    private string Type(JsonRpcParameterModel parameter, bool readOnly) => TypeScriptTypes.Text(parameter.Value!.Shape, Description, readOnly);

    private static string Named(string name)
    {
        string identifier = TypeScriptNames.Parameter(name);
        return identifier == name ? name : $"{TypeScriptNames.Property(name)}: {identifier}";
    }

    private static string List(IEnumerable<string> items) => string.Join(", ", items);
}
