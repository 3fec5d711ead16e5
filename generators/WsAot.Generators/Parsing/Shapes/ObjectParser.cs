using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;

namespace WsAot.Generators.Parsing.Shapes;

/// <summary>Describes the members that a class, a struct or an interface has in JSON.</summary>
/// <param name="comment">The documentation comment of the type, where a positional record describes its properties.</param>
internal sealed class ObjectParser(ShapeParser shapes, INamedTypeSymbol type, DocumentationComment comment)
{
    private const string UsualDiscriminator = "$type";

    private readonly NumberHandling _numbers = type.GetAttributes().Numbers() ?? shapes.Options.Numbers;
    private readonly ImmutableArray<IParameterSymbol> _constructorParameters = ConstructorParameters(type);
    private bool _hasOthers;

    public ObjectShape Parse()
    {
        var properties = new List<PropertyShape>();
        foreach (ISymbol member in Members())
        {
            if (Property(member) is { } property) properties.Add(property);
        }

        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        return new ObjectShape(
            new(properties),
            _hasOthers,
            new(attributes.Where(static attribute => attribute.AttributeClass.Is(JsonTypes.JsonDerivedTypeAttribute.Name)).Select(Derived)),
            attributes.Find(JsonTypes.JsonPolymorphicAttribute.Name)
                .Property(JsonTypes.JsonPolymorphicAttribute.TypeDiscriminatorPropertyName) as string ?? UsualDiscriminator,
            type.IsAbstract);
    }

    private DerivedShape Derived(AttributeData attribute)
    {
        string? discriminator = attribute.Argument(1) switch
        {
            string text => JsonText.String(text),
            int number => CSharpText.Number(number),
            _ => null,
        };
        return new DerivedShape(
            attribute.Argument() is ITypeSymbol derived
                ? shapes.Parse(derived.WithNullableAnnotation(NullableAnnotation.NotAnnotated), _numbers, null)
                : new Shape(ShapeKind.Unknown),
            discriminator);
    }

    // A member hides members of the same name in base types.
    private IEnumerable<ISymbol> Members()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        IEnumerable<INamedTypeSymbol> declaring = type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Prepend(type) : Hierarchy(type);
        return declaring
            .SelectMany(static declaring => declaring.GetMembers())
            .Where(member => member is IPropertySymbol { IsStatic: false, IsIndexer: false } or IFieldSymbol { IsStatic: false }
                && IsDeclared(member)
                && IsIncluded(member)
                && seen.Add(member.Name));
    }

    // The compiler treats the fields of a tuple as implicitly declared, and gives it an Item8 that is really in the field Rest.
    private static bool IsDeclared(ISymbol member) => member is not IFieldSymbol field
        || (field.ContainingType.IsTupleType
            ? field.Name is "Rest" or "Item1" or "Item2" or "Item3" or "Item4" or "Item5" or "Item6" or "Item7"
            : !field.IsImplicitlyDeclared);

    private static IEnumerable<INamedTypeSymbol> Hierarchy(INamedTypeSymbol type)
    {
        INamedTypeSymbol? declaring = type;
        while (declaring is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) })
        {
            yield return declaring;
            declaring = declaring.BaseType;
        }
    }

    private bool IsIncluded(ISymbol member) =>
        (member.DeclaredAccessibility == Accessibility.Public && (member is IPropertySymbol || shapes.Options.IncludeFields))
        || member.GetAttributes().Find(JsonTypes.JsonIncludeAttribute.Name) is not null;

    private PropertyShape? Property(ISymbol member)
    {
        ImmutableArray<AttributeData> attributes = member.GetAttributes();
        IgnoreCondition? ownCondition = attributes.Ignore();
        if (ownCondition == IgnoreCondition.Always) return null;
        if (attributes.Find(JsonTypes.JsonExtensionDataAttribute.Name) is not null)
        {
            _hasOthers = true;
            return null;
        }

        ITypeSymbol memberType = member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
        if (memberType.TypeKind is TypeKind.Delegate or TypeKind.Pointer or TypeKind.FunctionPointer || memberType.IsRefLikeType)
        {
            return null;
        }

        bool includes = attributes.Find(JsonTypes.JsonIncludeAttribute.Name) is not null;
        IParameterSymbol? parameter = _constructorParameters.FirstOrDefault(parameter => IsFor(parameter, member.Name, memberType));
        bool isSet = HasUsableSetter(member, includes);
        IgnoreCondition condition = ownCondition ?? shapes.Options.IgnoreCondition;
        Shape shape = shapes.Parse(memberType, attributes.Numbers() ?? _numbers, attributes.Converter());
        bool isRead = (isSet || parameter is not null) && condition != IgnoreCondition.WhenReading;
        bool isWritten = HasUsableGetter(member, includes)
            && (isSet || ownCondition == IgnoreCondition.Never || !IgnoresReadOnly(member))
            && condition != IgnoreCondition.WhenWriting;
        if (!isRead && !isWritten) return null;
        return new PropertyShape(
            attributes.Find(JsonTypes.JsonPropertyNameAttribute.Name).Argument() as string ?? shapes.Options.Naming.Apply(member.Name),
            shape,
            isRead,
            isWritten,
            isRead && IsRequired(member, attributes, parameter, shape),
            condition == IgnoreCondition.WhenWritingDefault || (condition == IgnoreCondition.WhenWritingNull && shape.IsNullable),
            DocumentationComment.Of(member).Summary ?? comment.Parameter(member.Name));
    }

    // A constructor parameter that cannot be null is required as well. System.Text.Json would pass the default instead, but null is
    // not a valid value.
    private bool IsRequired(ISymbol member, ImmutableArray<AttributeData> attributes, IParameterSymbol? parameter, Shape shape) =>
        member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }
        || attributes.Find(JsonTypes.JsonRequiredAttribute.Name) is not null
        || (parameter is { HasExplicitDefaultValue: false } && (!shape.IsNullable || shapes.Options.RequiresConstructorParameters));

    private bool IgnoresReadOnly(ISymbol member) =>
        member is IPropertySymbol ? shapes.Options.IgnoreReadOnlyProperties : shapes.Options.IgnoreReadOnlyFields;

    private static bool HasUsableSetter(ISymbol member, bool includes) => member is IPropertySymbol property
        ? property.SetMethod is { } setter && (includes || setter.DeclaredAccessibility == Accessibility.Public)
        : member is IFieldSymbol { IsReadOnly: false };

    private static bool HasUsableGetter(ISymbol member, bool includes) =>
        member is not IPropertySymbol property
        || (property.GetMethod is { } getter && (includes || getter.DeclaredAccessibility == Accessibility.Public));

    private static bool IsFor(IParameterSymbol parameter, string member, ITypeSymbol memberType) =>
        string.Equals(parameter.Name, member, StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.Default.Equals(parameter.Type, memberType);

    // System.Text.Json uses the marked constructor, or the one without parameters, or the only one. For a struct it prefers the default
    // constructor and then sets the members; the values that the struct's own constructor takes are required all the same.
    private static ImmutableArray<IParameterSymbol> ConstructorParameters(INamedTypeSymbol type)
    {
        if (type.IsAbstract) return [];
        IMethodSymbol? marked = type.InstanceConstructors
            .FirstOrDefault(static constructor => constructor.GetAttributes().Find(JsonTypes.JsonConstructorAttribute.Name) is not null);
        if (marked is not null) return marked.Parameters;
        IMethodSymbol[] open = [.. type.InstanceConstructors.Where(static constructor =>
            constructor.DeclaredAccessibility == Accessibility.Public
                && !(constructor.IsImplicitlyDeclared && constructor.Parameters.Length == 0 && constructor.ContainingType.IsValueType))];
        return open.Length == 1 ? open[0].Parameters : [];
    }
}
