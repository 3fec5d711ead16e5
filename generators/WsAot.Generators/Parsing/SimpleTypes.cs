using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>The types that a route value or query value can have.</summary>
internal static class SimpleTypes
{
    /// <returns>Null if the type is none of them. For a nullable value type, the value is the type without null.</returns>
    public static ValueModel? Of(ITypeSymbol type)
    {
        type = WithoutNull(type);
        return KindOf(type) is { } kind
            ? new(
                kind,
                TypeNames.InCode(type),
                TypeNames.InMessage(type.WithNullableAnnotation(NullableAnnotation.None)),
                type.IsReferenceType,
                kind == ValueKind.Enum ? EnumParser.Parse((INamedTypeSymbol)type) : null)
            : null;
    }

    public static bool IsNullableValue(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static ITypeSymbol WithoutNull(ITypeSymbol type) => IsNullableValue(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    private static ValueKind? KindOf(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String ? ValueKind.Text
        : type.TypeKind == TypeKind.Enum ? ValueKind.Enum
        // Without an offset in the value, their own parsers would take the time zone of the server.
        : type.SpecialType == SpecialType.System_DateTime ? ValueKind.DateTime
        : type.Is(SystemTypes.DateTimeOffset.Name) ? ValueKind.DateTimeOffset
        : Implements(type, SystemTypes.Utf8SpanParsable.Name) ? ValueKind.Utf8
        : Implements(type, SystemTypes.SpanParsable.Name) ? ValueKind.Utf16
        : null;

    private static bool Implements(ITypeSymbol type, string selfInterface) =>
        type.AllInterfaces.Any(candidate =>
            candidate.Is(selfInterface) && SymbolEqualityComparer.Default.Equals(candidate.TypeArguments[0], type));
}
