using Microsoft.CodeAnalysis;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Finds client interfaces.</summary>
internal static class JsonRpcClients
{
    /// <summary>The attribute that marks an interface as a client interface.</summary>
    public static AttributeData? FindAttribute(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface
            ? type.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass.Is(WsAotTypes.JsonRpcClientAttribute.Name))
            : null;

    /// <summary>The client interface that a type is, or that it is a topic of; otherwise null.</summary>
    public static INamedTypeSymbol? InterfaceOf(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named) return null;
        if (IsTopic(type)) return named.TypeArguments[0] is INamedTypeSymbol argument ? InterfaceOf(argument) : null;
        return FindAttribute(named) is null ? null : named;
    }

    public static bool IsTopic(ITypeSymbol type) => type.Is(WsAotTypes.WsTopic.Name);
}
