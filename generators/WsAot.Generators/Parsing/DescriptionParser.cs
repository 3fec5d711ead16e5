using System.Diagnostics;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Parsing.Shapes;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Collects what the author of a client needs to know about a valid handler.</summary>
internal sealed class DescriptionParser
{
    private readonly ShapeParser _shapes;
    private readonly List<Shape> _exchanged = [];

    private DescriptionParser(ShapeParser shapes) => _shapes = shapes;

    /// <param name="type">The class of <paramref name="handler"/>.</param>
    /// <param name="route">The attribute of the route.</param>
    /// <param name="context">The JSON context that it names.</param>
    public static HandlerDescription? Parse(
        HandlerModel handler, INamedTypeSymbol type, AttributeData route, INamedTypeSymbol? context, Compilation compilation)
    {
        if (handler.JsonRpc is not { } rpc || context is null) return null;
        var parser = new DescriptionParser(ShapeParser.For(compilation, ShapeOptions.Of(context)));
        EquatableArray<MethodDescription> methods = parser.Methods(rpc.Methods, JsonRpcMethodParser.Find(type));
        IParameterSymbol[] taken = [.. type.InstanceConstructors
            .SelectMany(static constructor => constructor.Parameters)
            .Where(static parameter => JsonRpcClients.InterfaceOf(parameter.Type) is not null && !RouteTopics.IsOnlyTopic(parameter))];
        EquatableArray<ClientDescription> clients = new(parser.Clients(
            rpc, taken.Select(static parameter => JsonRpcClients.InterfaceOf(parameter.Type)!.OriginalDefinition)));
        EquatableArray<ClientDescription> messages = new(parser.Clients(rpc, RouteTopics.InterfacesOf(route)));
        IEnumerable<TopicDescription> topics = rpc.Topics.Select(topic => new TopicDescription(
            topic, messages.First(client => client.FullName == rpc.Clients.First(of => of.InterfaceType == topic.InterfaceType).FullName)));
        return new HandlerDescription(
            handler.Key,
            DocumentationComment.Of(type).Summary,
            methods,
            clients,
            new(topics),
            new(parser._shapes.TypesOf(parser._exchanged)));
    }

    private IEnumerable<ClientDescription> Clients(JsonRpcModel rpc, IEnumerable<INamedTypeSymbol> interfaces)
    {
        ILookup<string, INamedTypeSymbol> byName = interfaces.ToLookup(TypeNames.InCode, StringComparer.Ordinal);
        return [.. rpc.Clients
            .Where(client => byName.Contains(client.InterfaceType))
            .Select(client => Client(client, byName[client.InterfaceType].First()))];
    }

    private ClientDescription Client(JsonRpcClientModel model, INamedTypeSymbol type)
    {
        IEnumerable<IMethodSymbol> methods =
            type.AllInterfaces.Prepend(type).SelectMany(static declaring => declaring.GetMembers().OfType<IMethodSymbol>());
        return new ClientDescription(model.FullName, model.Name, DocumentationComment.Of(type).Summary, Methods(model.Methods, methods));
    }

    private EquatableArray<MethodDescription> Methods(EquatableArray<JsonRpcMethodModel> models, IEnumerable<IMethodSymbol> methods)
    {
        var byName = new Dictionary<string, IMethodSymbol>(StringComparer.Ordinal);
        foreach (IMethodSymbol method in methods)
        {
            byName[JsonRpcNames.FindAttribute(method).Argument() as string ?? method.Name] = method;
        }

        Debug.Assert(models.All(model => byName.ContainsKey(model.Name)), "Each model was made from one of these methods.");
        return new(models.Select(model => Method(model, byName[model.Name])));
    }

    private MethodDescription Method(JsonRpcMethodModel model, IMethodSymbol method)
    {
        DocumentationComment comment = DocumentationComment.Of(method);
        return new MethodDescription(
            model.Name,
            model.Returns,
            model.Result is { } result ? Exchanged(result, JsonRpcReturns.Of(method).Value!) : null,
            new(model.Parameters
                .Select((parameter, i) => parameter.Value is { } value
                    ? new ParameterDescription(
                        parameter.Name,
                        Exchanged(value, method.Parameters[i].Type),
                        parameter.DefaultValue is not null,
                        comment.Parameter(parameter.Name))
                    : null)
                .OfType<ParameterDescription>()),
            model.Parameters.Any(static parameter => parameter.Source?.Source == ArgumentSource.CancellationToken),
            comment.Summary,
            comment.Returns);
    }

    private Shape Exchanged(JsonValueModel value, ITypeSymbol type)
    {
        Shape shape = _shapes.Parse(type) with { IsNullable = value.IsNullable };
        _exchanged.Add(shape);
        return shape;
    }
}
