using Microsoft.CodeAnalysis;
using WsAot.Generators.Analyzers;

namespace WsAot.Generators.Parsing;

/// <summary>Finds the <c>JsonSerializerContext</c> that <c>[WsRoute]</c> names.</summary>
internal static class JsonContextParser
{
    // That of the user's type, which generated code names.
    private const string Default = "Default";

    /// <returns>Null where none is named, or none that can be used.</returns>
    public static INamedTypeSymbol? Parse(HandlerScope scope)
    {
        if (scope.NamedArgument(KnownTypes.WsRouteAttribute.Json) is not { Value: ITypeSymbol type }) return null;
        if (type.TypeKind == TypeKind.Error)
        {
            scope.LeaveToOthers();
            return null;
        }

        if (Problem(scope, type) is not { } problem) return (INamedTypeSymbol)type;
        scope.ReportAtArgument(KnownTypes.WsRouteAttribute.Json, null, Rules.NoContext, TypeNames.InMessage(type), problem);
        return null;
    }

    /// <summary>Whether the attribute names one, be it with a mistake.</summary>
    public static bool IsNamed(HandlerScope scope) => scope.NamedArgument(KnownTypes.WsRouteAttribute.Json) is { IsNull: false };

    private static string? Problem(HandlerScope scope, ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named || !Derives(named)) return "does not derive from it";
        if (type.IsAbstract) return "is abstract";
        if (Surroundings.AreGeneric(named)) return "is generic, or in a generic class";
        if (!Surroundings.CanBeNamed(scope, named)) return "is neither public nor internal";
        return IsWithoutDefault(scope, named) ? "has no static property Default that is public or internal" : null;
    }

    private static bool Derives(INamedTypeSymbol type) =>
        Inheritance.AndBases(type).Skip(1).Any(static other => other.Is(KnownTypes.JsonSerializerContext.Name));

    // One made by hand. System.Text.Json's generator adds both members at once, and when ours runs it has added none.
    private static bool IsWithoutDefault(HandlerScope scope, INamedTypeSymbol context)
    {
        INamedTypeSymbol[] made = [.. Inheritance.AndBases(context).TakeWhile(Derives)];
        return made.Any(static type => type.GetMembers(KnownTypes.JsonSerializerContext.GetTypeInfo).Any(static member => member.IsOverride))
            && !made.SelectMany(static type => type.GetMembers(Default))
                .Any(member => member is IPropertySymbol { IsStatic: true, Type: INamedTypeSymbol type } && Derives(type) && scope.IsAccessible(member));
    }
}
