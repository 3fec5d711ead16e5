using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Methods that cannot be called in JSON-RPC, and client interfaces that cannot be made into such calls.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JsonRpcAnalyzer : HandlerAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rules.JsonMissing,
        Rules.SameName,
        Rules.NoJson,
        Rules.NoClientInterface,
        Rules.EndlessStream,
        Rules.TextAndJson,
        Rules.NoContext,
        Rules.ReservedName,
        Rules.SameClientName,
        Rules.WriteOnlyType,
    ];
}
