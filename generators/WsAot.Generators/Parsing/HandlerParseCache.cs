using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Parsing;

/// <summary>Parses each handler once for all analyzers. A result lives no longer than the symbol that it was made from.</summary>
internal static class HandlerParseCache
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, IReadOnlyList<HandlerParseResult>> s_results = new();

    /// <returns>One result for each route of the class; none if it is not a handler.</returns>
    public static IReadOnlyList<HandlerParseResult> Get(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        if (s_results.TryGetValue(type, out IReadOnlyList<HandlerParseResult>? known)) return known;
        IReadOnlyList<AttributeData> routes = HandlerParser.FindAttributes(type);
        return routes.Count == 0
            ? []
            : s_results.GetValue(type, _ => [.. routes.Select(route => HandlerParser.Parse(type, route, compilation, cancellationToken))]);
    }

    /// <summary>The diagnostics of all routes. What is wrong with the class for each of them is reported once.</summary>
    public static IEnumerable<DiagnosticInfo> DiagnosticsOf(
        INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken) =>
        Get(type, compilation, cancellationToken)
            .SelectMany(static route => route.Diagnostics)
            .GroupBy(static diagnostic => (diagnostic.Descriptor.Id, diagnostic.Location, string.Join("\n", diagnostic.Arguments)))
            .Select(static same => same.First());
}
