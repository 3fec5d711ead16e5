using Microsoft.CodeAnalysis;
using WsAot.Generators.Analyzers;

namespace WsAot.Generators.Parsing;

/// <summary>Finds the <c>JsonSerializerContext</c> that <c>[WsRoute]</c> names.</summary>
internal static class JsonContextParser
{
    /// <returns>Null where none is named, or none that can be used.</returns>
    public static INamedTypeSymbol? Parse(HandlerScope scope)
    {
        if (scope.NamedArgument(KnownTypes.WsRouteAttribute.Json) is not { Value: ITypeSymbol type })
            return null;
        if (type.TypeKind == TypeKind.Error)
        {
            scope.LeaveToOthers();
            return null;
        }

        if (Problem(scope, type) is not { } problem)
            return (INamedTypeSymbol)type;
        scope.ReportAtArgument(KnownTypes.WsRouteAttribute.Json, null, Rules.NoContext, TypeNames.InMessage(type), problem);
        return null;
    }

    /// <summary>Whether the attribute names one, be it with a mistake.</summary>
    public static bool IsNamed(HandlerScope scope) => scope.NamedArgument(KnownTypes.WsRouteAttribute.Json) is { IsNull: false };

    private static string? Problem(HandlerScope scope, ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named || !Inheritance.AndBases(named).Skip(1).Any(static other => other.Is(KnownTypes.JsonSerializerContext.Name)))
            return "does not derive from it";
        if (type.IsAbstract)
            return "is abstract";
        if (Surroundings.AreGeneric(named))
            return "is generic, or in a generic class";
        if (!Surroundings.CanBeNamed(scope, named))
            return "is neither public nor internal";
        return null;
    }
}
