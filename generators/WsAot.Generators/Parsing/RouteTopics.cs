using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Templates;

namespace WsAot.Generators.Parsing;

/// <summary>The topics that a route offers.</summary>
internal sealed class RouteTopics
{
    private const string Property = WsAotTypes.WsRouteAttribute.Topics;

    private readonly ParseScope _scope;
    private readonly List<(INamedTypeSymbol Type, TopicModel Model)> _topics = [];

    public RouteTopics(ParseScope scope)
    {
        _scope = scope;
        ImmutableArray<object?> types = scope.Attribute.Elements(Property);
        for (int i = 0; i < types.Length; i++) Add(types[i] as ITypeSymbol, i);
        TopicParser.ReportWithoutEffect(scope, WsAotTypes.WsRouteAttribute.MaxTopics, Property, types.Length > 0);
        TopicParser.ReportWithoutEffect(scope, WsAotTypes.WsRouteAttribute.MaxSubscribesPerSecond, Property, types.Length > 0);
    }

    /// <summary>The valid topics, in the order of the attribute.</summary>
    public IReadOnlyList<(INamedTypeSymbol Type, TopicModel Model)> Topics => _topics;

    /// <summary>The interfaces that the attribute of a route names, valid or not.</summary>
    public static IEnumerable<INamedTypeSymbol> InterfacesOf(AttributeData route) =>
        route.Elements(Property).OfType<INamedTypeSymbol>().Where(static type => TopicParser.FindAttribute(type) is not null);

    /// <summary>
    /// Whether the parameter is the proxy of a topic, so that its messages reach clients only with the topic's name.
    /// </summary>
    public static bool IsOnlyTopic(IParameterSymbol parameter) =>
        JsonRpcClients.IsTopic(parameter.Type)
        && JsonRpcClients.InterfaceOf(parameter.Type) is { } client
        && TopicParser.FindAttribute(client) is not null;

    private void Add(ITypeSymbol? type, int index)
    {
        if (type is null or { TypeKind: TypeKind.Error })
        {
            _scope.MarkAsReportedElsewhere();
            return;
        }

        if (type is not INamedTypeSymbol named || TopicParser.FindAttribute(named) is null)
        {
            Report(index, $"'{TypeNames.InMessage(type)}' is not an interface marked [WsTopic]");
            return;
        }

        ClientParseResult? client = JsonRpcClients.FindAttribute(named) is { } attribute
            ? ClientParseCache.Get(named, attribute, _scope.Compilation)
            : null;
        // Its errors are reported at the interface.
        if (client is not { Model: not null, Topic: { } topic }) _scope.MarkAsReportedElsewhere();
        else if (Conflict(topic) is { } problem) Report(index, problem);
        else _topics.Add((named, topic));
    }

    private string? Conflict(TopicModel topic)
    {
        string shape = TopicTemplate.ShapeOf(topic.Segments);
        foreach ((_, TopicModel other) in _topics)
        {
            if (other.InterfaceType == topic.InterfaceType) return $"'{topic.Name}' is listed twice";
            if (TopicTemplate.ShapeOf(other.Segments) == shape)
            {
                return $"the templates of '{topic.Name}' ('{topic.Template}') and '{other.Name}' ('{other.Template}') match the same names";
            }
        }

        return null;
    }

    private void Report(int index, string problem) =>
        _scope.ReportAtArgument(Property, index, DiagnosticDescriptors.InvalidRouteTopic, _scope.TypeName, problem);
}
