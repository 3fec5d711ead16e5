using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports parameters that cannot be bound or that hardly can be given, and route values that no parameter takes.</summary>
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
