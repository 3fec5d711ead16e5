using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>
/// The types that a <c>JsonSerializerContext</c> supports after the generator of System.Text.Json has completed it. All handlers that name
/// the context share the result, which lives no longer than the symbol that it was made from.
/// </summary>
internal static class SerializableTypes
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, HashSet<string>> s_results = new();

    /// <returns>
    /// Names from <see cref="TypeNames.InJson"/>; none if that generator has not run, or has reported an error.
    /// </returns>
    public static HashSet<string> Of(INamedTypeSymbol context) =>
        s_results.GetValue(context, static context => new(Find(context).Select(TypeNames.InJson), StringComparer.Ordinal));

    private static IEnumerable<ITypeSymbol> Find(INamedTypeSymbol context) =>
        Inheritance.SelfAndBases(context)
            .SelectMany(static type => type.GetMembers().OfType<IPropertySymbol>())
            .Where(static property => property.Type.Is(JsonTypes.JsonTypeInfo.Name))
            .Select(static property => ((INamedTypeSymbol)property.Type).TypeArguments[0]);
}
