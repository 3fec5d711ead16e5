using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Parsing;

/// <summary>
/// Parses each client interface once for all handlers that take it. A result lives no longer than the symbol that it was made from.
/// </summary>
internal static class ClientParseCache
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, ClientParseResult> s_results = new();

    public static ClientParseResult Get(INamedTypeSymbol type, AttributeData attribute, Compilation compilation) =>
        s_results.TryGetValue(type, out ClientParseResult? known)
            ? known
            : s_results.GetValue(type, _ => ClientParser.Parse(type, attribute, compilation));
}
