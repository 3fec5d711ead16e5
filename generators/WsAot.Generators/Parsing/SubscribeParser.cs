using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Checks the methods marked <c>[OnSubscribe]</c> and finds the arguments for their parameters.</summary>
internal sealed class SubscribeParser(ParseScope scope, IReadOnlyList<(INamedTypeSymbol Type, TopicModel Model)> topics)
{
    private const string BoolOnly = "bool, Task<bool> or ValueTask<bool>, and never null";

    /// <summary>The marked methods of a class and its base classes.</summary>
    public static IReadOnlyList<IMethodSymbol> Find(INamedTypeSymbol handler)
    {
        var found = new List<IMethodSymbol>();
        foreach (INamedTypeSymbol type in Inheritance.SelfAndBases(handler))
        {
            found.AddRange(DeclaredIn(type).Where(method => !found.Any(other => Inheritance.Overrides(other, method))).ToList());
        }

        return found;
    }

    public static IEnumerable<IMethodSymbol> DeclaredIn(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>()
            .Where(static method => method.GetAttributes().Find(WsAotTypes.OnSubscribeAttribute.Name) is not null);

    /// <returns>The methods for the topics of this route, at most one for each interface.</returns>
    public IReadOnlyList<SubscribeModel> Parse()
    {
        var models = new List<SubscribeModel>();
        var byInterface = new Dictionary<string, IMethodSymbol>(StringComparer.Ordinal);
        foreach (IMethodSymbol method in Find(scope.Type))
        {
            if (MethodRules.CanBeCalled(scope, method) && method.IsStatic)
            {
                scope.ReportAt(
                    method,
                    DiagnosticDescriptors.StaticOrInstance,
                    method.Name,
                    "an instance method: it asks the handler of the connection");
            }

            if (TopicOf(method) is not { } topic) continue;
            if (byInterface.TryGetValue(topic.InterfaceType, out IMethodSymbol? other))
            {
                Report(method, $"remove it, or '{other.Name}': both decide about '{topic.Name}'");
                continue;
            }

            byInterface.Add(topic.InterfaceType, method);
            if (Parse(method, topic) is { } model) models.Add(model);
        }

        return models;
    }

    /// <returns>Null if there is none on this route.</returns>
    private TopicModel? TopicOf(IMethodSymbol method)
    {
        ITypeSymbol? type = method.Parameters.FirstOrDefault()?.Type;
        if (type is { TypeKind: TypeKind.Error })
        {
            scope.MarkAsReportedElsewhere();
            return null;
        }

        foreach ((INamedTypeSymbol listed, TopicModel topic) in topics)
        {
            if (SymbolEqualityComparer.Default.Equals(listed, type)) return topic;
        }

        // It may be one of another route of the class, or one that has an error.
        bool isListed = type is not null && HandlerParser.FindAttributes(scope.Type)
            .SelectMany(RouteTopics.InterfacesOf)
            .Any(listed => SymbolEqualityComparer.Default.Equals(listed, type));
        if (!isListed) Report(method, "let its first parameter be an interface that the Topics of the [WsRoute] list");
        return null;
    }

    private SubscribeModel? Parse(IMethodSymbol method, TopicModel topic)
    {
        if (ReturnOf(method) is not { } returns)
        {
            if (method.ReturnType.TypeKind == TypeKind.Error) scope.MarkAsReportedElsewhere();
            else scope.ReportAt(method, DiagnosticDescriptors.InvalidReturnType, method.Name, BoolOnly);
            return null;
        }

        TopicSegment[] values = [.. topic.Values];
        var arguments = new List<int>();
        foreach (IParameterSymbol parameter in method.Parameters.Skip(1))
        {
            if (parameter.Type.Is(SystemTypes.CancellationToken.Name))
            {
                arguments.Add(SubscribeModel.ConnectionClosed);
                continue;
            }

            int at = Array.FindIndex(values, value => value.Text == parameter.Name);
            if (Problem(parameter, at < 0 ? null : values[at], topic) is { } problem)
            {
                scope.ReportAt(parameter, DiagnosticDescriptors.InvalidSubscribeMethod, method.Name, problem);
            }

            arguments.Add(at);
        }

        return new(topic.InterfaceType, TypeNames.InCode(method.ContainingType), method.Name, returns, new(arguments));
    }

    private static string? Problem(IParameterSymbol parameter, TopicSegment? value, TopicModel topic)
    {
        if (parameter.RefKind != RefKind.None) return $"take '{parameter.Name}' by value";
        if (value is null)
        {
            string names = string.Join(", ", topic.Values.Select(static value => $"'{value.Text}'"));
            return names.Length == 0
                ? $"remove '{parameter.Name}': the template '{topic.Template}' has no values"
                : $"rename '{parameter.Name}': the values of '{topic.Template}' are {names}";
        }

        (string name, bool fits) = value.Value switch
        {
            TopicValueKind.Int32 => ("int", parameter.Type.SpecialType == SpecialType.System_Int32),
            TopicValueKind.Int64 => ("long", parameter.Type.SpecialType == SpecialType.System_Int64),
            TopicValueKind.Guid => ("Guid", TypeNames.Full(parameter.Type) == "System.Guid"),
            _ => ("string", parameter.Type.SpecialType == SpecialType.System_String),
        };
        return fits
            ? null
            : $"take '{parameter.Name}' as {name}, which it is in '{topic.Template}'; '{{{value.Text}:int}}' in [WsTopic] makes it an int";
    }

    private static ReturnKind? ReturnOf(IMethodSymbol method)
    {
        ITypeSymbol type = method.ReturnType;
        if (method.ReturnsByRef || method.ReturnsByRefReadonly || type.NullableAnnotation == NullableAnnotation.Annotated) return null;
        if (type.SpecialType == SpecialType.System_Boolean) return ReturnKind.Synchronous;
        bool isTask = type.Is(SystemTypes.TaskOfT.Name);
        if (!isTask && !type.Is(SystemTypes.ValueTaskOfT.Name)) return null;
        return ((INamedTypeSymbol)type).TypeArguments[0].SpecialType != SpecialType.System_Boolean ? null
            : isTask ? ReturnKind.Task
            : ReturnKind.ValueTask;
    }

    private void Report(IMethodSymbol method, string correction) =>
        scope.ReportAt(method, DiagnosticDescriptors.InvalidSubscribeMethod, method.Name, correction);
}
