using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports methods that JSON-RPC cannot call, and client interfaces that cannot be implemented by JSON-RPC calls.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JsonRpcAnalyzer : HandlerAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.MissingJsonContext,
        DiagnosticDescriptors.DuplicateMethodName,
        DiagnosticDescriptors.NotSerializable,
        DiagnosticDescriptors.InvalidClientInterface,
        DiagnosticDescriptors.StreamWithoutCancellation,
        DiagnosticDescriptors.TextEventWithJsonRpc,
        DiagnosticDescriptors.InvalidJsonContext,
        DiagnosticDescriptors.ReservedName,
        DiagnosticDescriptors.DuplicateClientMethodName,
        DiagnosticDescriptors.WriteOnlyType,
    ];
}
