using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports payload parameters whose type the event does not have, or that are read after the payload is gone.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PayloadAnalyzer : HandlerAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.SpanInAsynchronousMethod,
        DiagnosticDescriptors.InvalidPayload,
        DiagnosticDescriptors.PayloadAsService,
        DiagnosticDescriptors.TextOrRouteValue,
    ];
}
