using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing.Shapes;

/// <summary>
/// Determines what values of a type look like in JSON, by the rules of System.Text.Json. All handlers of a compilation share one parser for
/// each set of options, so that each type is parsed once, however many methods use it.
/// </summary>
internal sealed class ShapeParser
{
    // A generic type that contains itself with larger type arguments would never end. No real name is that long.
    private const int LongestId = 1000;

    private static readonly Shape s_unknown = new(ShapeKind.Unknown);
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<ShapeOptions, ShapeParser>> s_parsers = new();

    private readonly Dictionary<ITypeSymbol, Shape> _shapes = new(SymbolEqualityComparer.IncludeNullability);
    private readonly Dictionary<string, TypeShape> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, INamedTypeSymbol Type, bool AsText)> _waiting = new();

    private ShapeParser(ShapeOptions options) => Options = options;

    public ShapeOptions Options { get; }

    public static ShapeParser For(Compilation compilation, ShapeOptions options) =>
        s_parsers.GetOrCreateValue(compilation).GetOrAdd(options, static options => new ShapeParser(options));

    /// <summary>The shape of a value. For a named type it has only the id; <see cref="TypesOf"/> returns the rest.</summary>
    public Shape Parse(ITypeSymbol type)
    {
        lock (_types)
        {
            Shape shape = Parse(type, Options.Numbers, null);
            while (_waiting.Count > 0)
            {
                (string id, INamedTypeSymbol named, bool asText) = _waiting.Dequeue();
                _types.Add(id, NamedTypeParser.Parse(this, id, named, asText));
            }

            return shape;
        }
    }

    /// <summary>The named types that the shapes use, directly or through other types, in the order in which they are found.</summary>
    public IReadOnlyList<TypeShape> TypesOf(IEnumerable<Shape> shapes)
    {
        lock (_types)
        {
            var found = new List<TypeShape>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            Add(shapes.Select(static shape => shape.InnermostTypeId));
            // The list grows during the loop.
            for (int i = 0; i < found.Count; i++) Add(found[i].TypeIds);
            return found;

            void Add(IEnumerable<string?> ids)
            {
                foreach (string? id in ids)
                {
                    if (id is not null && seen.Add(id)) found.Add(_types[id]);
                }
            }
        }
    }

    /// <summary>The shape of a member, taking its attributes into account.</summary>
    public Shape Parse(ITypeSymbol type, NumberHandling numbers, ConverterKind? converter)
    {
        bool isPlain = converter is null && numbers == Options.Numbers;
        if (isPlain && _shapes.TryGetValue(type, out Shape? known)) return known;
        // Ends the recursion for a collection of itself: its element finds this entry.
        if (isPlain) _shapes.Add(type, s_unknown);
        Shape shape = ParseNotNull(WithoutNullable(type), numbers, converter) with { IsNullable = IsNullable(type) };
        if (isPlain) _shapes[type] = shape;
        return shape;
    }

    private Shape ParseNotNull(ITypeSymbol type, NumberHandling numbers, ConverterKind? converter)
    {
        converter ??= type.GetAttributes().Converter();
        if (type.TypeKind == TypeKind.Enum && converter is not ConverterKind.Other)
        {
            return converter == ConverterKind.EnumAsOtherText
                ? new Shape(ShapeKind.Text)
                : Named((INamedTypeSymbol)type, asText: converter is { } known ? known == ConverterKind.EnumAsText : Options.TextEnums);
        }

        if (converter is not null) return s_unknown;
        if (ScalarShapes.Of(type) is { } scalar) return new Shape(WithHandling(scalar, numbers));
        if (CollectionTypes.IsBytes(type)) return new Shape(ShapeKind.Base64);
        if (CollectionTypes.ValueOf(type) is { } value) return new Shape(ShapeKind.Dictionary, Element: Parse(value, numbers, null));
        if (CollectionTypes.ElementOf(type) is { } element) return new Shape(ShapeKind.Array, Element: Parse(element, numbers, null));
        if (CollectionTypes.UntypedKindOf(type) is { } kind) return new Shape(kind, Element: s_unknown);
        // Tuple element names are not part of the type, nor of its JSON.
        return type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } named
            ? Named(named.TupleUnderlyingType ?? named, asText: false)
            : s_unknown;
    }

    private Shape Named(INamedTypeSymbol type, bool asText)
    {
        // The shape of an enum depends on no option but whether it is written as text.
        string form = type.TypeKind == TypeKind.Enum ? (asText ? "text" : "") : Options.Key;
        string id = TypeNames.InCode(type) + (form.Length == 0 ? "" : "|" + form);
        if (id.Length > LongestId) return s_unknown;
        if (_named.Add(id)) _waiting.Enqueue((id, type, asText));
        return new Shape(ShapeKind.Named, TypeId: id);
    }

    private static ITypeSymbol WithoutNullable(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    // A reference without nullable annotation can be null.
    private static bool IsNullable(ITypeSymbol type) =>
        type.IsReferenceType
            ? type.NullableAnnotation != NullableAnnotation.NotAnnotated
            : type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static ShapeKind WithHandling(ShapeKind kind, NumberHandling numbers) => kind switch
    {
        >= ShapeKind.SByte and <= ShapeKind.Decimal when numbers.HasFlag(NumberHandling.WriteAsString) => ShapeKind.NumberText,
        ShapeKind.Float when numbers.HasFlag(NumberHandling.AllowNamedFloatingPointLiterals) => ShapeKind.NamedFloat,
        _ => kind,
    };
}
