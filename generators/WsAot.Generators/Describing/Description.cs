using System.Diagnostics;
using WsAot.Generators.Emitting;
using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>The input of all description formats: the JSON-RPC routes, the types they exchange, and a unique name for each.</summary>
internal sealed class Description
{
    private readonly Dictionary<string, TypeShape> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeUse> _uses = new(StringComparer.Ordinal);
    private readonly HashSet<ShapeKind> _kinds = [];
    private readonly Dictionary<ClientDescription, string> _clientKeys = [];
    private readonly Dictionary<string, string> _namesInHandlers = new(StringComparer.Ordinal);
    private readonly DescriptionNames _names;

    /// <param name="reserved">Names that no type can have.</param>
    public Description(
        RouteTableModel table, IEnumerable<HandlerDescription> descriptions, AssemblyModel assembly, IEnumerable<string> reserved)
    {
        Assembly = assembly;
        Handlers = table.Handlers;
        ILookup<string, HandlerDescription> byKey =
            descriptions.ToLookup(static description => description.Key, StringComparer.Ordinal);
        Routes = [.. table.Handlers
            .Where(handler => byKey.Contains(handler.Key))
            .Select(handler => new DescribedRoute(handler, byKey[handler.Key].First()))];
        ClientDescription[] clients =
        [
            .. Routes.SelectMany(static route =>
                route.Description.Clients.Concat(route.Description.Topics.Select(static topic => topic.Messages))),
        ];
        var topics = new HashSet<ClientDescription>(
            Routes.SelectMany(static route => route.Description.Topics).Select(static topic => topic.Messages));
        HasTopics = Routes.Any(static route => route.Description.Topics.Count > 0);
        foreach (TypeShape type in Routes.SelectMany(static route => route.Description.Types)) _types[type.Id] = type;
        foreach (MethodDescription method in Routes.SelectMany(static route => route.Description.Methods))
        {
            Use(method, parameters: TypeUse.Received, result: TypeUse.Sent);
        }

        foreach (MethodDescription method in clients.SelectMany(static client => client.Methods))
        {
            Use(method, parameters: TypeUse.Sent, result: TypeUse.Received);
        }

        // One interface can appear several times, because its JSON depends on the options of the context that each route uses.
        Clients = [.. clients.Distinct()];
        for (int i = 0; i < Clients.Count; i++) _clientKeys.Add(Clients[i], $"client {Clients[i].FullName} {i:D5}");
        // In TypeScript one object implements all client interfaces of a route, so method names are unique across all of them.
        // The handlers of a subscription have those of a topic as well.
        IEnumerable<string> ofTopics = HasTopics ? TypeScriptNames.TopicHandlers : [];
        var inHandlers = new NameScope(StringComparer.Ordinal, [.. TypeScriptNames.ReservedMethodNames, .. ofTopics]);
        foreach (string name in clients
            .SelectMany(static client => client.Methods)
            .Select(static method => method.Name)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(static name => name, StringComparer.Ordinal))
        {
            _namesInHandlers.Add(name, inHandlers.Take(TypeScriptNames.Method(name)));
        }

        Debug.Assert(_clientKeys.Count == Clients.Count, "Each client interface has a key of its own.");
        _names = new DescriptionNames(
            [
                .. _types.Values.Select(static type => (type.Id, type.Name, type.FullName)),
                .. Clients.Select(client => (_clientKeys[client], client.Name, client.FullName)),
                .. Routes.Select(static route => (Key(route), route.Handler.Name + "Client", route.Handler.FullName + "Client")),
                .. Clients.Where(client => topics.Contains(client)).Select(client => (
                    HandlersKey(client), JsonClasses.WithoutPrefix(client.Name) + "Handlers", client.FullName + "Handlers")),
                .. Routes.Select(
                    static route => (OptionsKey(route), route.Handler.Name + "ClientOptions", route.Handler.FullName + "ClientOptions")),
            ],
            reserved);
        Types = [.. _types.Values.Where(type => _uses.ContainsKey(type.Id)).OrderBy(NameOf, StringComparer.Ordinal)];
    }

    public AssemblyModel Assembly { get; }

    public IReadOnlyList<HandlerModel> Handlers { get; }

    /// <summary>The handlers that speak JSON-RPC.</summary>
    public IReadOnlyList<DescribedRoute> Routes { get; }

    /// <summary>The interfaces through which handlers call their clients.</summary>
    public IReadOnlyList<ClientDescription> Clients { get; }

    /// <summary>The named types, sorted by name.</summary>
    public IReadOnlyList<TypeShape> Types { get; }

    /// <summary>Whether a route has topics.</summary>
    public bool HasTopics { get; }

    /// <summary>Whether a value of this kind is exchanged at all.</summary>
    public bool Has(ShapeKind kind) => _kinds.Contains(kind);

    public string NameOf(TypeShape type) => _names[type.Id];

    public string NameOf(string typeId) => _names[typeId];

    public string NameOf(ClientDescription client) => _names[_clientKeys[client]];

    public string NameOf(DescribedRoute route) => _names[Key(route)];

    /// <summary>The TypeScript name of a method that the server calls; it is the same in every interface.</summary>
    public string NameInHandlers(MethodDescription method) => _namesInHandlers[method.Name];

    /// <summary>The name of the options type of the route's client.</summary>
    public string NameOfOptions(DescribedRoute route) => _names[OptionsKey(route)];

    /// <summary>The name of the handlers of a topic, where they are a type of their own.</summary>
    public string NameOfHandlers(ClientDescription messages) => _names[HandlersKey(messages)];

    /// <summary>The members that are exchanged, given the directions in which values of the type travel.</summary>
    public IEnumerable<Member> MembersOf(TypeShape type)
    {
        TypeUse use = _uses[type.Id];
        foreach (PropertyShape property in type.Object!.Properties)
        {
            if (!IsVisible(property, use)) continue;
            bool isAlwaysSent = property.IsWritten && !property.IsSkipped;
            yield return new Member(property, IsOptional: use switch
            {
                TypeUse.Received => !property.IsRequired,
                TypeUse.Sent => !isAlwaysSent,
                // The type travels both ways: the member is optional unless the server always sends it and also reads it.
                _ => !isAlwaysSent || !property.IsRead,
            });
        }
    }

    private string HandlersKey(ClientDescription client) => "handlers " + _clientKeys[client];

    private static string OptionsKey(DescribedRoute route) => "options " + route.Handler.Key;

    private static string Key(DescribedRoute route) => "route " + route.Handler.Key;

    private void Use(MethodDescription method, TypeUse parameters, TypeUse result)
    {
        foreach (ParameterDescription parameter in method.Parameters) Use(parameter.Shape, parameters);
        if (method.Result is { } returned) Use(returned, result);
    }

    private void Use(Shape shape, TypeUse use)
    {
        var waiting = new Stack<Shape>();
        waiting.Push(shape);
        while (waiting.Count > 0)
        {
            Shape next = waiting.Pop();
            _kinds.Add(next.Kind);
            if (next.Element is { } element) waiting.Push(element);
            if (next.TypeId is not { } id || !_types.TryGetValue(id, out TypeShape? type)) continue;
            _uses.TryGetValue(id, out TypeUse known);
            if (known.HasFlag(use)) continue;
            _uses[id] = known | use;
            foreach (Shape part in VisibleShapes(type, use)) waiting.Push(part);
        }
    }

    private static IEnumerable<Shape> VisibleShapes(TypeShape type, TypeUse use) =>
        type.Object is null
            ? []
            : type.Object.Properties.Where(property => IsVisible(property, use)).Select(static property => property.Shape)
                .Concat(type.Object.Derived.Select(static derived => derived.Shape));

    private static bool IsVisible(PropertyShape property, TypeUse use) =>
        (property.IsRead && use.HasFlag(TypeUse.Received)) || (property.IsWritten && use.HasFlag(TypeUse.Sent));
}
