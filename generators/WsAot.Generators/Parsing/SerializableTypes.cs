using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>
/// The types that a <c>JsonSerializerContext</c> has, as System.Text.Json's generator has completed it; all handlers that name it share
/// them. A result lives no longer than the symbol it was made from.
/// </summary>
internal static class SerializableTypes
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, HashSet<string>> s_results = new();

    /// <returns>As <see cref="TypeNames.InJson"/> names them; none where that generator has not run, or has found a mistake that it reports.</returns>
    public static HashSet<string> Of(INamedTypeSymbol context) =>
        s_results.GetValue(context, static context => new(Find(context).Select(TypeNames.InJson), StringComparer.Ordinal));

    private static IEnumerable<ITypeSymbol> Find(INamedTypeSymbol context) =>
        Inheritance.SelfAndBases(context)
            .SelectMany(static type => type.GetMembers().OfType<IPropertySymbol>())
            .Where(static property => property.Type.Is(JsonTypes.JsonTypeInfo.Name))
            .Select(static property => ((INamedTypeSymbol)property.Type).TypeArguments[0]);
}
