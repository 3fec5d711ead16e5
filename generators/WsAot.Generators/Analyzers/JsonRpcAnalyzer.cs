using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Methods that cannot be called in JSON-RPC, and client interfaces that cannot be made into such calls.</summary>
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
