using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Finds the <c>JsonSerializerContext</c> that <c>[WsRoute]</c> or <c>[JsonRpcClient]</c> names.</summary>
internal static class JsonContextParser
{
    // The static property of the context that generated code uses.
    private const string Default = "Default";

    // Both attributes have a property with this name.
    private const string Json = WsAotTypes.WsRouteAttribute.Json;

    /// <returns>Null if the attribute names no context, or an invalid one.</returns>
    public static INamedTypeSymbol? Parse(ParseScope scope)
    {
        if (scope.Attribute.Property(Json) is not ITypeSymbol type) return null;
        if (type.TypeKind == TypeKind.Error)
        {
            scope.MarkAsReportedElsewhere();
            return null;
        }

        if (Problem(scope, type) is not { } problem) return (INamedTypeSymbol)type;
        scope.ReportAtArgument(Json, null, DiagnosticDescriptors.InvalidJsonContext, TypeNames.InMessage(type), problem);
        return null;
    }

    /// <summary>Whether the attribute names a context, valid or not.</summary>
    public static bool IsNamed(ParseScope scope) => scope.Attribute.Sets(Json);

    private static string? Problem(ParseScope scope, ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named || !Derives(named)) return "does not derive from it";
        if (type.IsAbstract) return "is abstract";
        if (ContainingTypes.AnyIsGeneric(named)) return "is generic, or in a generic class";
        if (!scope.CanBeNamed(named)) return "is neither public nor internal";
        return IsWithoutDefault(scope, named) ? "has no static property Default that is public or internal" : null;
    }

    private static bool Derives(INamedTypeSymbol type) =>
        Inheritance.SelfAndBases(type).Skip(1).Any(static other => other.Is(JsonTypes.JsonSerializerContext.Name));

    // Such a context is written by hand. The generator of System.Text.Json adds both members, but not before our generator runs, so a
    // missing Default is an error only if GetTypeInfo is there.
    private static bool IsWithoutDefault(ParseScope scope, INamedTypeSymbol context)
    {
        INamedTypeSymbol[] made = [.. Inheritance.SelfAndBases(context).TakeWhile(Derives)];
        return made.Any(static type => type.GetMembers(JsonTypes.JsonSerializerContext.GetTypeInfo).Any(static member => member.IsOverride))
            && !made.SelectMany(static type => type.GetMembers(Default))
                .Any(member => member is IPropertySymbol { IsStatic: true, Type: INamedTypeSymbol type }
                    && Derives(type)
                    && scope.IsAccessible(member));
    }
}
