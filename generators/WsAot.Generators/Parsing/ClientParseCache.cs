using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Parsing;

/// <summary>Lets all handlers that take a client interface share one parse of it. A result lives no longer than the symbol it was made from.</summary>
internal static class ClientParseCache
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, ClientParseResult> s_results = new();

    public static ClientParseResult Get(INamedTypeSymbol type, AttributeData attribute, Compilation compilation) =>
        s_results.TryGetValue(type, out ClientParseResult? known)
            ? known
            : s_results.GetValue(type, _ => ClientParser.Parse(type, attribute, compilation));
}
