using WsAot.Generators.Emitting;
using WsAot.Generators.Model;

namespace WsAot.Generators.Describing;

/// <summary>Writes the class that connects to one route and has a method for each of the handler's.</summary>
internal sealed class TypeScriptClientEmitter(SourceWriter writer, Description description, DescribedRoute route)
{
    private readonly HandlerModel _handler = route.Handler;
    private readonly HandlerDescription _rpc = route.Description;

    public void Emit()
    {
        TypeScriptMethod[] methods = [.. TypeScriptMethod.All(_rpc.Methods, description, [.. TypeScriptNames.ReservedMembers])];
        writer.Line()
            .Comment([$"A connection to `{_handler.Template}`.", _rpc.Summary])
            .Braces($"export class {description.NameOf(route)} extends RpcClient", () =>
            {
                Notify([.. methods.Where(static method => !method.HasResult)]);
                Constructor();
                foreach (TypeScriptMethod method in methods)
                    Method(method);
            });
    }

    private void Notify(IReadOnlyList<TypeScriptMethod> methods)
    {
        if (methods.Count == 0)
            return;
        writer.Comment(["The same methods, called without waiting for an answer: there is none, be it an error."])
            .Braces("readonly notify =", () =>
            {
                foreach (TypeScriptMethod method in methods)
                    writer.Line($"{method.Name}: ({method.NotifyParameters}): void => this.notification({JsonText.String(method.Model.Name)}, {method.Arguments}),");
            }, "};")
            .Line();
    }

    private void Constructor()
    {
        var options = new List<string> { "RpcClientOptions" };
        if (_rpc.Clients.Count > 0)
            options.Add($"{{ readonly handlers: {string.Join(" & ", _rpc.Clients.Select(description.NameOf))} }}");
        string[] values = [.. _handler.Segments.Where(static segment => segment.Kind != SegmentKind.Literal).Select(RouteValue)];
        if (values.Length > 0)
            options.Add($"{{ readonly route: {{ {string.Join("; ", values)} }} }}");
        string preset = options.Count == 1 ? " = {}" : "";
        writer.Comment(["@param server Where the server is: `wss://example.org`, or in a browser `/`, the server of the page."])
            .Braces($"constructor(server: string | URL, options: {string.Join(" & ", options)}{preset})", Super);
    }

    private void Super() => writer.Line("super(").Indented(() => writer
        .Line("server,")
        .Braces("", () => writer.Line($"path: {Path()},").Line($"protocols: [{string.Join(", ", _handler.Options.Subprotocols.Select(JsonText.String))}],").Lines(Served()), "},")
        .Line("options,")).Line(");");

    private string Served()
    {
        string[] entries = [.. _rpc.Clients.SelectMany(client => TypeScriptMethod.All(client.Methods, description)).Select(static method => method.ServedEntry)];
        return entries.Length == 0 ? "served: {}," : $"served: {{\n  {string.Join("\n  ", entries)}\n}},";
    }

    private void Method(TypeScriptMethod method)
    {
        string call = method.IsStream ? "stream" : "request";
        writer.Line().Comment(method.Comment)
            .Braces(method.CallSignature, () => writer.Line($"return this.{call}({JsonText.String(method.Model.Name)}, {method.Arguments}, options);"));
    }

    private static string RouteValue(TemplateSegment segment) =>
        $"readonly {TypeScriptNames.Property(segment.Text)}: {(segment.Kind == SegmentKind.CatchAll ? "string" : "string | number | boolean")}";

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
