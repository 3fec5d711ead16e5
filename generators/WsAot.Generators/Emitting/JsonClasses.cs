using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>The generated classes that all JSON-RPC handlers share, and their names.</summary>
internal sealed class JsonClasses
{
    private readonly SortedDictionary<string, JsonContextTypes> _contexts = new(StringComparer.Ordinal);
    private readonly List<JsonRpcProxy> _proxies = [];
    private readonly Dictionary<string, string> _ownContexts;

    /// <param name="models">The JSON-RPC parts of the handlers.</param>
    /// <param name="own">The client interfaces that name a context of their own, each with that context.</param>
    public JsonClasses(IEnumerable<JsonRpcModel> models, IReadOnlyList<JsonRpcModel> own)
    {
        _ownContexts = own.ToDictionary(
            static model => model.Clients[0].InterfaceType, static model => model.Context, StringComparer.Ordinal);
        var names = new NameScope(StringComparer.Ordinal);
        foreach (var sharing in models.Concat(own)
            .GroupBy(static model => model.Context, StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            string context = sharing.Key;
            JsonRpcClientModel[] clients =
            [
                .. sharing.SelectMany(static model => model.Clients)
                    .Distinct()
                    .OrderBy(static client => client.InterfaceType, StringComparer.Ordinal),
            ];
            IEnumerable<JsonRpcMethodModel> methods = sharing.SelectMany(static model => model.Methods)
                .Concat(clients.SelectMany(static client => client.Methods));
            string className = names.Take(TypeIdentifier.Of(context) + "Types");
            _contexts.Add(context, new JsonContextTypes(context, className, methods.SelectMany(TypesOf)));
            _proxies.AddRange(
                clients.Select(client => new JsonRpcProxy(context, client, names.Take(WithoutPrefix(client.Name) + "Proxy"))));
        }
    }

    public IEnumerable<JsonContextTypes> Contexts => _contexts.Values;

    public IReadOnlyList<JsonRpcProxy> Proxies => _proxies;

    /// <summary>
    /// The proxies for topics, one for each interface: with the context that its attribute names, or with the only one that handlers use it
    /// with. If handlers use it with several, it has no proxy (WSA041).
    /// </summary>
    public IReadOnlyList<JsonRpcProxy> TopicProxies =>
    [
        .. _proxies.GroupBy(static proxy => proxy.Client.InterfaceType, StringComparer.Ordinal)
            .OrderBy(static same => same.Key, StringComparer.Ordinal)
            .Select(same => _ownContexts.TryGetValue(same.Key, out string own)
                ? same.First(proxy => proxy.Context == own)
                : same.Count() == 1 ? same.First() : null)
            .OfType<JsonRpcProxy>(),
    ];

    /// <summary>The name of the class that implements a client interface.</summary>
    public string Proxy(string context, string interfaceType) =>
        _proxies.First(proxy => proxy.Context == context && proxy.Client.InterfaceType == interfaceType).ClassName;

    /// <summary>An expression for the <c>JsonTypeInfo&lt;T&gt;</c> of a value's type.</summary>
    public string TypeInfo(string context, JsonValueModel value) => _contexts[context][value.Type];

    /// <summary>The name of an interface without its I.</summary>
    public static string WithoutPrefix(string name) =>
        name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name.Substring(1) : name;

    private static IEnumerable<string> TypesOf(JsonRpcMethodModel method) =>
        method.Parameters
            .Select(static parameter => parameter.Value)
            .Append(method.Result)
            .OfType<JsonValueModel>()
            .Select(static value => value.Type);
}
