using System.Globalization;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing.Shapes;

/// <summary>Describes a named type.</summary>
internal static class NamedTypeParser
{
    public static TypeShape Parse(ShapeParser shapes, string id, INamedTypeSymbol type, bool asText)
    {
        DocumentationComment comment = DocumentationComment.Of(type);
        string name = Name(type);
        return new TypeShape(
            id,
            name,
            type.ContainingNamespace.IsGlobalNamespace ? name : TypeNames.InMetadata(type.ContainingNamespace) + "." + name,
            comment.Summary,
            type.TypeKind == TypeKind.Enum ? null : new ObjectParser(shapes, type, comment).Parse(),
            type.TypeKind == TypeKind.Enum ? Enum(type, asText) : null);
    }

    // Page<Tick> becomes PageOfTick, Outer.Inner becomes OuterInner.
    private static string Name(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array) return Name(array.ElementType) + "Array";
        string name = type.ContainingType is { } outer ? Name(outer) + type.Name : type.Name;
        return type is INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments }
            ? name + "Of" + string.Join("And", arguments.Select(Name))
            : name;
    }

    private static EnumShape Enum(INamedTypeSymbol type, bool asText)
    {
        IEnumerable<EnumMemberShape> members = type.GetMembers().OfType<IFieldSymbol>()
            .Where(static field => field.HasConstantValue)
            .Select(static field => new EnumMemberShape(
                field.Name,
                field.GetAttributes().Find(JsonTypes.JsonStringEnumMemberNameAttribute.Name).Argument() as string ?? field.Name,
                Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture),
                DocumentationComment.Of(field).Summary));
        return new EnumShape(new(members), asText, type.GetAttributes().Find(SystemTypes.FlagsAttribute.Name) is not null);
    }
}
