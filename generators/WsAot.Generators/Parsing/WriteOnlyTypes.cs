using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Parsing.Shapes;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>
/// The types that a <c>JsonSerializerContext</c> can write but not read: in <c>JsonSourceGenerationMode.Serialization</c>, System.Text.Json
/// generates no metadata about the members of an object. A result lives no longer than the symbol of the context.
/// </summary>
internal sealed class WriteOnlyTypes
{
    // Values of JsonSourceGenerationMode.
    private const int Default = 0;
    private const int Metadata = 1;

    private static readonly ConditionalWeakTable<INamedTypeSymbol, WriteOnlyTypes> s_results = new();

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeShape> _types = new(StringComparer.Ordinal);
    private readonly ShapeParser? _shapes;

    private WriteOnlyTypes(INamedTypeSymbol context, Compilation compilation)
    {
        (ITypeSymbol Type, bool IsRead)[] named = [.. Inheritance.SelfAndBases(context).SelectMany(NamedBy)];
        if (named.All(static type => type.IsRead)) return;
        _shapes = ShapeParser.For(compilation, ShapeOptions.Of(context));
        Find(_shapes, [.. named.Select(type => (_shapes.Parse(type.Type), type.IsRead))]);
    }

    public static WriteOnlyTypes Of(INamedTypeSymbol context, Compilation compilation) =>
        s_results.TryGetValue(context, out WriteOnlyTypes? known)
            ? known
            : s_results.GetValue(context, context => new WriteOnlyTypes(context, compilation));

    /// <summary>The first write-only type that has to be read in order to read <paramref name="type"/>; null if there is none.</summary>
    public string? In(ITypeSymbol type)
    {
        if (_ids.Count == 0) return null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<Shape>([_shapes!.Parse(type)]);
        while (waiting.Count > 0)
        {
            if (waiting.Dequeue().InnermostTypeId is not { } id
                || !seen.Add(id)
                || !_types.TryGetValue(id, out TypeShape? known)
                || known.Object is not { } members)
            {
                continue;
            }

            Shape[] read = [.. members.Properties.Where(static property => property.IsRead).Select(static property => property.Shape)];
            if (read.Length > 0 && _ids.Contains(id)) return InMessage(id);
            foreach (Shape shape in read.Concat(members.Derived.Select(static derived => derived.Shape))) waiting.Enqueue(shape);
        }

        return null;
    }

    // Like the generator of System.Text.Json: a listed type has its own mode, any other type has the mode of the type in which it
    // is found first.
    private void Find(ShapeParser shapes, IReadOnlyList<(Shape Shape, bool IsRead)> named)
    {
        foreach (TypeShape type in shapes.TypesOf(named.Select(static type => type.Shape))) _types.Add(type.Id, type);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<(Shape Shape, bool IsRead)>(named);
        while (waiting.Count > 0)
        {
            (Shape shape, bool isRead) = waiting.Dequeue();
            if (shape.Element is { } element) waiting.Enqueue((element, isRead));
            if (shape.TypeId is not { } id || !seen.Add(id) || _types[id].Object is not { } members) continue;
            if (!isRead) _ids.Add(id);
            foreach (Shape member in members.Properties
                .Select(static property => property.Shape)
                .Concat(members.Derived.Select(static derived => derived.Shape)))
            {
                waiting.Enqueue((member, isRead));
            }
        }
    }

    private static IEnumerable<(ITypeSymbol Type, bool IsRead)> NamedBy(INamedTypeSymbol context)
    {
        object? usual = context.GetAttributes().Find(JsonTypes.JsonSourceGenerationOptionsAttribute.Name)
            .Property(JsonTypes.JsonSourceGenerationOptionsAttribute.GenerationMode);
        foreach (AttributeData attribute in context
            .GetAttributes()
            .Where(static attribute => attribute.AttributeClass.Is(JsonTypes.JsonSerializableAttribute.Name)))
        {
            int mode = (attribute.Property(JsonTypes.JsonSerializableAttribute.GenerationMode) ?? usual) as int? ?? Default;
            if (attribute.Argument() is ITypeSymbol type) yield return (type, mode == Default || (mode & Metadata) != 0);
        }
    }

    private static string InMessage(string id) => id.Split('|')[0].Replace("global::", "");
}
