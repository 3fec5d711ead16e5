using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports parameters that cannot be bound or can hardly ever get a value, and route values that no parameter takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ParameterAnalyzer : HandlerAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.UnboundParameter,
        DiagnosticDescriptors.UnusedRouteParameter,
        DiagnosticDescriptors.KeyedService,
        DiagnosticDescriptors.ParameterNeverGiven,
        DiagnosticDescriptors.InvalidQueryValue,
        DiagnosticDescriptors.DuplicateQueryValue,
        DiagnosticDescriptors.ValueAsService,
    ];
}
