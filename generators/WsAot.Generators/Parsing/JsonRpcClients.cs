using Microsoft.CodeAnalysis;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Finds client interfaces.</summary>
internal static class JsonRpcClients
{
    /// <summary>The attribute that makes an interface one of methods of the client.</summary>
    public static AttributeData? FindAttribute(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface
            ? type.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass.Is(WsAotTypes.JsonRpcClientAttribute.Name))
            : null;

    /// <summary>The client interface that a parameter of this type is for, by itself or in a topic.</summary>
    public static INamedTypeSymbol? InterfaceOf(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named) return null;
        if (IsTopic(type)) return named.TypeArguments[0] is INamedTypeSymbol argument ? InterfaceOf(argument) : null;
        return FindAttribute(named) is null ? null : named;
    }

    public static bool IsTopic(ITypeSymbol type) => type.Is(WsAotTypes.WsTopic.Name);
}
