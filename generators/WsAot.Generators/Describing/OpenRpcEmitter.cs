using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>
/// Writes an OpenRPC document. Extensions cover what OpenRPC cannot express: the items of a stream (<c>x-stream</c>), the methods that the
/// server calls on its clients (<c>x-clientMethods</c>), the topics that clients can subscribe to (<c>x-topics</c>), and the template of a
/// route (<c>x-route</c>).
/// </summary>
internal sealed class OpenRpcEmitter
{
    // The newest version that the published schema allows.
    private const string Version = "1.3.2";
    private const string UsualAddress = "ws://127.0.0.1:8080";

    private readonly Description _description;
    private readonly SchemaEmitter _schemas;

    // Method names are unique in OpenRPC: if several routes share one, all but the first get the template as a prefix.
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode> _servers;

    private OpenRpcEmitter(Description description)
    {
        _description = description;
        _schemas = new SchemaEmitter(description);
        _servers = description.Routes.ToDictionary(static route => route.Handler.Key, Server, StringComparer.Ordinal);
    }

    public static string Emit(Description description) => new OpenRpcEmitter(description).Document().ToString();

    private JsonNode Document()
    {
        JsonNode[] methods =
            [.. _description.Routes.SelectMany(route => route.Description.Methods.Select(method => ServerMethod(route, method)))];
        JsonNode[] clientMethods = [.. _description.Routes.SelectMany(route =>
            route.Description.Clients.SelectMany(static client => client.Methods)
                // A method that two interfaces inherit appears once.
                .GroupBy(static method => method.Name, StringComparer.Ordinal)
                .Select(same => ClientMethod(route, same.First())))];
        JsonNode[] topics = [.. _description.Routes.SelectMany(route => route.Description.Topics.Select(topic => Topic(route, topic)))];
        return JsonNode.Object(
            ("openrpc", JsonNode.String(Version)),
            ("info", JsonNode.Object(
                ("title", JsonNode.String(_description.Assembly.Name)),
                ("version", JsonNode.String(_description.Assembly.Version)))),
            ("servers", _description.Routes.Count == 0 ? null : JsonNode.Array(_servers.Values)),
            ("methods", JsonNode.Array(methods)),
            ("x-clientMethods", clientMethods.Length == 0 ? null : JsonNode.Array(clientMethods)),
            ("x-topics", topics.Length == 0 ? null : JsonNode.Array(topics)),
            ("components", _description.Types.Count == 0 ? null : JsonNode.Object(("schemas", JsonNode.Object(
                _description.Types.Select(type => (_description.NameOf(type), (JsonNode?)_schemas.Schema(type))))))));
    }

    // Braces are not allowed in a URL, so the template is escaped there; x-route has it unescaped.
    private static JsonNode Server(DescribedRoute route)
    {
        string path = string.Concat(route.Handler.Segments.Select(static segment =>
            "/" + Uri.EscapeDataString(segment.Kind == SegmentKind.Literal ? segment.Text : $"{{{segment.Text}}}")));
        return JsonNode.Object(
            ("name", JsonNode.String(route.Handler.Name)),
            ("summary", Text(route.Description.Summary)),
            ("url", JsonNode.String(UsualAddress + path)),
            ("x-route", JsonNode.String(route.Handler.Template)));
    }

    private JsonNode ServerMethod(DescribedRoute route, MethodDescription method)
    {
        bool isFirst = _names.Add(method.Name);
        return isFirst
            ? Method(route, method, method.Name, null, isRequest: true)
            : Method(route, method, $"{route.Handler.Template}#{method.Name}", method.Name, isRequest: true);
    }

    private JsonNode ClientMethod(DescribedRoute route, MethodDescription method) =>
        Method(route, method, method.Name, null, isRequest: method.Returns != JsonRpcReturn.Void);

    private JsonNode Topic(DescribedRoute route, TopicDescription topic) => JsonNode.Object(
        ("name", JsonNode.String(topic.Model.Template)),
        ("summary", Text(topic.Messages.Summary)),
        ("servers", _description.Routes.Count == 1 ? null : JsonNode.Array([_servers[route.Handler.Key]])),
        ("history", topic.Model.History == 0 ? null : JsonNode.Literal(CSharpText.Number(topic.Model.History))),
        ("presence", topic.Model.Presence ? JsonNode.True : null),
        ("values", JsonNode.Array(topic.Model.Values.Select(static value => JsonNode.Object(
            ("name", JsonNode.String(value.Text)), ("schema", SchemaEmitter.Of(value.Value!.Value)))))),
        ("messages", JsonNode.Array(topic.Messages.Methods.Select(
            method => Method(route, method, method.Name, null, isRequest: false, hasServers: false)))));

    private JsonNode Method(
        DescribedRoute route, MethodDescription method, string name, string? wireName, bool isRequest, bool hasServers = true)
    {
        bool isStream = method.Returns == JsonRpcReturn.Stream;
        JsonNode? value = method.Result is { } result ? _schemas.Schema(result) : null;
        JsonNode? returned = isStream || value is null ? JsonNode.Object(("type", JsonNode.String("null"))) : value;
        return JsonNode.Object(
            ("name", JsonNode.String(name)),
            ("x-name", wireName is null ? null : JsonNode.String(wireName)),
            ("summary", Text(method.Summary)),
            ("servers", _description.Routes.Count == 1 || !hasServers ? null : JsonNode.Array([_servers[route.Handler.Key]])),
            ("params", JsonNode.Array(method.Parameters.Select(Parameter))),
            ("result", isRequest ? Descriptor("result", isStream ? null : method.ResultSummary, returned, isRequired: false) : null),
            ("x-stream", isStream ? Descriptor("item", method.ResultSummary, value!, isRequired: false) : null));
    }

    private JsonNode Parameter(ParameterDescription parameter) =>
        Descriptor(parameter.Name, parameter.Summary, _schemas.Schema(parameter.Shape), isRequired: !parameter.IsOptional);

    private static JsonNode Descriptor(string name, string? summary, JsonNode schema, bool isRequired) => JsonNode.Object(
        ("name", JsonNode.String(name)),
        ("summary", Text(summary)),
        ("required", isRequired ? JsonNode.True : null),
        ("schema", schema));

    private static JsonNode? Text(string? text) => text is null ? null : JsonNode.String(text);
}
