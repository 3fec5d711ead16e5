using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>What all forms of the description are made from: the routes, the types that they exchange, and a name for each.</summary>
internal sealed class Description
{
    private readonly Dictionary<string, TypeShape> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeUse> _uses = new(StringComparer.Ordinal);
    private readonly HashSet<ShapeKind> _kinds = [];
    private readonly Dictionary<ClientDescription, string> _clientKeys = [];
    private readonly Dictionary<string, string> _namesInHandlers = new(StringComparer.Ordinal);
    private readonly DescriptionNames _names;

    public Description(RouteTableModel table, IEnumerable<HandlerDescription> descriptions, AssemblyModel assembly)
    {
        Assembly = assembly;
        Handlers = table.Handlers;
        ILookup<string, HandlerDescription> byType = descriptions.ToLookup(static description => description.TypeName, StringComparer.Ordinal);
        Routes = [.. table.Handlers
            .Where(handler => byType.Contains(handler.TypeName))
            .Select(handler => new DescribedRoute(handler, byType[handler.TypeName].First()))];
        ClientDescription[] clients = [.. Routes.SelectMany(static route => route.Description.Clients)];
        foreach (TypeShape type in Routes.SelectMany(static route => route.Description.Types)) _types[type.Id] = type;
        foreach (MethodDescription method in Routes.SelectMany(static route => route.Description.Methods))
        {
            Use(method, parameters: TypeUse.Received, result: TypeUse.Sent);
        }

        foreach (MethodDescription method in clients.SelectMany(static client => client.Methods))
        {
            Use(method, parameters: TypeUse.Sent, result: TypeUse.Received);
        }

        // An interface has another form for each set of options that a context of its routes has.
        Clients = [.. clients.Distinct()];
        for (int i = 0; i < Clients.Count; i++) _clientKeys.Add(Clients[i], $"client {Clients[i].FullName} {i:D5}");
        // A client that is taken with another is one object with it: what differs in JSON differs in all of them.
        var inHandlers = new NameScope(StringComparer.Ordinal, [.. TypeScriptNames.ReservedMethodNames]);
        foreach (string name in clients.SelectMany(static client => client.Methods).Select(static method => method.Name).Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal))
        {
            _namesInHandlers.Add(name, inHandlers.Take(TypeScriptNames.Method(name)));
        }

        _names = new DescriptionNames(
            [
                .. _types.Values.Select(static type => (type.Id, type.Name, type.FullName)),
                .. Clients.Select(client => (_clientKeys[client], client.Name, client.FullName)),
                .. Routes.Select(static route => (Key(route), route.Handler.Name + "Client", route.Handler.FullName + "Client")),
                .. Routes.Select(static route => (OptionsKey(route), route.Handler.Name + "ClientOptions", route.Handler.FullName + "ClientOptions")),
            ],
            TypeScriptNames.Reserved);
        Types = [.. _types.Values.Where(type => _uses.ContainsKey(type.Id)).OrderBy(NameOf, StringComparer.Ordinal)];
    }

    public AssemblyModel Assembly { get; }

    public IReadOnlyList<HandlerModel> Handlers { get; }

    /// <summary>The handlers that speak JSON-RPC.</summary>
    public IReadOnlyList<DescribedRoute> Routes { get; }

    /// <summary>The interfaces through which handlers call their clients.</summary>
    public IReadOnlyList<ClientDescription> Clients { get; }

    /// <summary>The types with a name, in the order of their names.</summary>
    public IReadOnlyList<TypeShape> Types { get; }

    /// <summary>Whether a value of this kind goes anywhere.</summary>
    public bool Has(ShapeKind kind) => _kinds.Contains(kind);

    public string NameOf(TypeShape type) => _names[type.Id];

    public string NameOf(string typeId) => _names[typeId];

    public string NameOf(ClientDescription client) => _names[_clientKeys[client]];

    public string NameOf(DescribedRoute route) => _names[Key(route)];

    /// <summary>What the method that the server calls is called in TypeScript, in whichever interface it is.</summary>
    public string NameInHandlers(MethodDescription method) => _namesInHandlers[method.Name];

    /// <summary>What the options of the route's client are called.</summary>
    public string NameOfOptions(DescribedRoute route) => _names[OptionsKey(route)];

    /// <summary>The members of an object that go the way, or the ways, that values of the type go.</summary>
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
                // Who receives it can rely on it; who sends it back has it.
                _ => !isAlwaysSent || !property.IsRead,
            });
        }
    }

    private static string OptionsKey(DescribedRoute route) => "options " + route.Handler.TypeName;

    private static string Key(DescribedRoute route) => "route " + route.Handler.TypeName;

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
