using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>Writes the client class of one route. It has a method for each JSON-RPC method of the handler.</summary>
internal sealed class TypeScriptClientEmitter(SourceWriter writer, Description description, DescribedRoute route)
{
    private readonly HandlerModel _handler = route.Handler;
    private readonly HandlerDescription _rpc = route.Description;

    public void Emit()
    {
        string options = Options();
        TypeScriptMethod[] methods = [.. TypeScriptMethod.Of(route, description)];
        writer.Line()
            .Comment([$"A connection to `{_handler.Template}`.", _rpc.Summary])
            .Braces($"export class {description.NameOf(route)} extends RpcClient", () =>
            {
                Notify([.. methods.Where(static method => !method.HasResult)]);
                if (_rpc.Topics.Count > 0) writer.Line("readonly #topics: RpcTopics;").Line();
                Constructor(options);
                foreach (TypeScriptMethod method in methods) Method(method);
                var topics = new TypeScriptTopicEmitter(writer, description);
                var names = new NameScope(
                    StringComparer.Ordinal, [.. TypeScriptNames.ReservedMembers, .. methods.Select(static method => method.Name)]);
                foreach (TopicDescription topic in _rpc.Topics) topics.Emit(topic, names);
            });
    }

    private void Notify(IReadOnlyList<TypeScriptMethod> methods)
    {
        if (methods.Count == 0) return;
        writer.Comment(["The same methods as notifications: the server sends no answer, not even an error."])
            .Braces("readonly notify =", () =>
            {
                foreach (TypeScriptMethod method in methods)
                {
                    string name = JsonText.String(method.Model.Name);
                    writer.Line($"{method.Name}: ({method.NotifyParameters}): void => this.notification({name}, {method.Arguments}),");
                }
            }, "};")
            .Line();
    }

    /// <summary>Writes the interface of the options that only this client has, if there are any.</summary>
    /// <returns>The name of the options type.</returns>
    private string Options()
    {
        string[] values = [.. _handler.Segments.Where(static segment => segment.Kind != SegmentKind.Literal).Select(RouteValue)];
        if (values.Length == 0 && _rpc.Clients.Count == 0) return "RpcClientOptions";
        string name = description.NameOfOptions(route);
        writer.Line().Braces($"export interface {name} extends RpcClientOptions", () =>
        {
            if (values.Length > 0)
            {
                writer.Comment([$"The values in `{_handler.Template}`."]).Line($"readonly route: {{ {string.Join("; ", values)} }};");
            }

            if (_rpc.Clients.Count > 0)
            {
                string interfaces = string.Join(" & ", _rpc.Clients.Select(description.NameOf));
                writer.Comment(["Methods that the server calls."]).Line($"readonly handlers: {interfaces};");
            }
        });
        return name;
    }

    private void Constructor(string options)
    {
        string preset = options == "RpcClientOptions" ? " = {}" : "";
        writer.Comment(
            [
                "@param server The address of the server: `wss://example.org`, or in a browser `/` for the server of the page;",
                "or a function that returns it, called before each attempt to connect.",
            ])
            .Braces($"constructor(server: RpcAddress, options: {options}{preset})", Super);
    }

    private void Super()
    {
        bool hasTopics = _rpc.Topics.Count > 0;
        if (hasTopics) writer.Line("const topics = new RpcTopics();");
        writer.Line("super(").Indented(() => writer
            .Line("server,")
            .Braces("", () =>
            {
                writer.Line($"path: {Path()},")
                    .Line($"protocols: [{string.Join(", ", _handler.Options.Subprotocols.Select(JsonText.String))}],")
                    .Lines(Served());
                if (hasTopics) writer.Line("topics,");
            }, "},")
            .Line("options,")).Line(");");
        if (hasTopics) writer.Line("this.#topics = topics;");
    }

    private string Served()
    {
        // A method that two interfaces inherit appears once.
        string[] entries = [.. _rpc.Clients.SelectMany(client => TypeScriptMethod.Of(client, description))
            .GroupBy(static method => method.Model.Name, StringComparer.Ordinal)
            .Select(static same => same.First().ServedEntry)];
        return entries.Length == 0 ? "served: {}," : $"served: {{\n  {string.Join("\n  ", entries)}\n}},";
    }

    private void Method(TypeScriptMethod method)
    {
        string call = method.IsStream ? "stream" : "request";
        writer.Line().Comment(method.Comment)
            .Braces(
                method.CallSignature,
                () => writer.Line($"return this.{call}({JsonText.String(method.Model.Name)}, {method.Arguments}, options);"));
    }

    private static string RouteValue(TemplateSegment segment) =>
        $"readonly {TypeScriptNames.Property(segment.Text)}: "
            + (segment.Kind == SegmentKind.CatchAll ? "string" : "string | number | boolean");

    private string Path()
    {
        string path = string.Concat(_handler.Segments.Select(static segment => "/" + segment.Kind switch
        {
            SegmentKind.Literal => Uri.EscapeDataString(segment.Text),
            SegmentKind.CatchAll => $"${{options.route.{segment.Text}.split(\"/\").map(encodeURIComponent).join(\"/\")}}",
            _ => $"${{encodeURIComponent(options.route.{segment.Text})}}",
        }));
        return _handler.Segments.All(static segment => segment.Kind == SegmentKind.Literal) ? JsonText.String(path) : $"`{path}`";
    }
}
