using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Parsing;

/// <summary>Parses each handler once for all analyzers. A result lives no longer than the symbol that it was made from.</summary>
internal static class HandlerParseCache
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, HandlerParseResult> s_results = new();

    public static HandlerParseResult Get(
        INamedTypeSymbol type, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken) =>
        s_results.TryGetValue(type, out HandlerParseResult? known)
            ? known
            : s_results.GetValue(type, _ => HandlerParser.Parse(type, attribute, compilation, cancellationToken));
}
