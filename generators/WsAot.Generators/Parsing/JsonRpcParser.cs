using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Parses the JSON-RPC part of a handler: the methods that the client calls, and the client interfaces that it takes.</summary>
internal sealed class JsonRpcParser(ParseScope scope)
{
    private readonly JsonValueParser _values = new(scope);

    /// <summary>The context that <c>[WsRoute]</c> names, or null.</summary>
    public INamedTypeSymbol? Context { get; } = JsonContextParser.Parse(scope);

    /// <summary>The marked methods, including invalid ones.</summary>
    public IReadOnlyList<IMethodSymbol> Methods { get; } = JsonRpcMethodParser.Find(scope.Type);

    /// <summary>The topics that the route offers.</summary>
    public RouteTopics Topics { get; } = new(scope);

    /// <summary>Whether its clients can call it, or subscribe to something.</summary>
    public bool IsCalled => Methods.Count > 0 || Topics.Topics.Count > 0;

    /// <summary>The types that the context must list.</summary>
    public IReadOnlyList<JsonTypeUsage> Uses => _values.Uses;

    /// <param name="clients">The constructor parameters that take a client interface.</param>
    /// <returns>Null if the handler does not use JSON-RPC.</returns>
    public JsonRpcModel? Parse(IReadOnlyList<IParameterSymbol> clients)
    {
        IReadOnlyList<SubscribeModel> subscribes = new SubscribeParser(scope, Topics.Topics).Parse();
        if (!IsCalled && clients.Count == 0) return null;
        ISymbol first = Methods.Count > 0 ? Methods[0] : clients.Count > 0 ? clients[0] : Topics.Topics[0].Type;
        if (!JsonContextParser.IsNamed(scope)) scope.ReportAt(first, DiagnosticDescriptors.MissingJsonContext, scope.TypeName, first.Name);
        foreach ((_, IMethodSymbol text) in scope.Events.Where(static marked => marked.Event == WsEvent.Text))
        {
            scope.ReportAt(text, DiagnosticDescriptors.TextEventWithJsonRpc, text.Name, first.Name);
        }

        IReadOnlyList<JsonRpcMethodModel> methods = new JsonRpcMethodParser(scope, _values).Parse(Methods);
        var taken = new TakenClients(scope);
        JsonRpcClientModel[] models =
        [
            .. clients.Select(parameter => Client(parameter, taken)).OfType<JsonRpcClientModel>(),
            .. Topics.Topics.Select(topic => TopicClient(topic.Type)),
        ];
        ReportWriteOnlyTypes();
        return new JsonRpcModel(
            Context is null ? "" : TypeNames.InCode(Context),
            new(methods),
            new(models.Distinct().OrderBy(static client => client.InterfaceType, StringComparer.Ordinal)))
        {
            Topics = new(Topics.Topics.Select(static topic => topic.Model)),
            Subscribes = new(subscribes),
        };
    }

    private void ReportWriteOnlyTypes()
    {
        if (Context is null) return;
        var types = WriteOnlyTypes.Of(Context, scope.Compilation);
        foreach (JsonTypeUsage use in Uses.Where(static use => use.IsRead))
        {
            if (types.In(use.Type) is { } type)
            {
                scope.ReportAt(use.TakenBy ?? use.Owner, DiagnosticDescriptors.WriteOnlyType, use.Description, Context.Name, type);
            }
        }
    }

    private JsonRpcClientModel? Client(IParameterSymbol parameter, TakenClients taken)
    {
        INamedTypeSymbol type = JsonRpcClients.InterfaceOf(parameter.Type)!.OriginalDefinition;
        ClientParseResult client = ClientParseCache.Get(type, JsonRpcClients.FindAttribute(type)!, scope.Compilation);
        if (client.Model is null)
        {
            ReportErrorsIn(type, client, parameter);
            return null;
        }

        _values.Use(client.Uses, parameter);
        // A message of a topic names its topic, so its method name need not differ from those of other interfaces.
        if (!RouteTopics.IsOnlyTopic(parameter)) taken.Add(client.Model, parameter);
        return client.Model;
    }

    private JsonRpcClientModel TopicClient(INamedTypeSymbol type)
    {
        ClientParseResult client = ClientParseCache.Get(type, JsonRpcClients.FindAttribute(type)!, scope.Compilation);
        _values.Use(client.Uses, scope.Type);
        return client.Model!;
    }

    // If the interface is in this compilation, its errors are reported once, at the interface.
    private void ReportErrorsIn(INamedTypeSymbol type, ClientParseResult client, IParameterSymbol parameter)
    {
        scope.MarkAsReportedElsewhere();
        if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, scope.Compilation.Assembly)) return;
        foreach (DiagnosticInfo diagnostic in client.Diagnostics) scope.ReportAt(parameter, diagnostic.Descriptor, diagnostic.Arguments);
    }
}
