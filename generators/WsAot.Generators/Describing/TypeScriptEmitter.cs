using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>
/// Writes the TypeScript file: the types, the interfaces that the server calls, the shared runtime, and a client class for each route.
/// </summary>
internal sealed class TypeScriptEmitter
{
    /// <summary>
    /// The line before the shared runtime, which is the same for every application and ends at <see cref="ClientsHead"/>.
    /// </summary>
    public const string RuntimeHead = "// What the clients run on.";

    /// <summary>The line before the runtime of topics, which follows that of the clients where a route has topics.</summary>
    public const string TopicsHead = "// What topics run on.";

    public const string ClientsHead = "// The clients.";

    private static readonly Lazy<string> s_runtime = new(static () => Read("client.ts"));
    private static readonly Lazy<string> s_topics = new(static () => Read("topics.ts"));

    private readonly SourceWriter _writer = new(step: 2);
    private readonly Description _description;

    private TypeScriptEmitter(Description description) => _description = description;

    public static string Emit(Description description)
    {
        var emitter = new TypeScriptEmitter(description);
        emitter.File();
        return emitter._writer.ToString();
    }

    /// <summary>The text of a resource.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(TypeScriptEmitter).Assembly.GetManifestResourceStream(name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n").TrimEnd('\n');
    }

    private void File()
    {
        AssemblyModel assembly = _description.Assembly;
        _writer.Line($"// {assembly.Name} {assembly.Version}, by `--describe typescript`. "
                + "Do not edit: the next run overwrites this file.")
            .Line("/* eslint-disable */");
        if (_description.Routes.Count == 0)
        {
            _writer.Line("// The server has no route that uses JSON-RPC.").Line("export {};");
            return;
        }

        Aliases();
        var types = new TypeScriptTypeEmitter(_writer, _description);
        foreach (TypeShape type in _description.Types) types.Emit(type);
        foreach (ClientDescription client in _description.Clients) Interface(client);
        // The runtime comes first, because in TypeScript a class must follow the class that it extends.
        _writer.Line().Line(RuntimeHead).Line().Lines(s_runtime.Value).Line();
        if (_description.HasTopics) _writer.Line(TopicsHead).Line().Lines(s_topics.Value).Line();
        _writer.Line(ClientsHead);
        foreach (DescribedRoute route in _description.Routes) new TypeScriptClientEmitter(_writer, _description, route).Emit();
    }

    private void Aliases()
    {
        foreach ((ShapeKind kind, string name, string meaning) in TypeScriptTypes.Aliases)
        {
            if (_description.Has(kind)) _writer.Line().Comment([meaning]).Line($"export type {name} = string;");
        }
    }

    private void Interface(ClientDescription client)
    {
        _writer.Line().Comment([client.Summary ?? "Methods that the server calls."])
            .Braces($"export interface {_description.NameOf(client)}", () =>
            {
                foreach (TypeScriptMethod method in TypeScriptMethod.Of(client, _description))
                {
                    _writer.Comment(method.Comment).Line(method.ServedSignature + ";");
                }
            });
    }
}
