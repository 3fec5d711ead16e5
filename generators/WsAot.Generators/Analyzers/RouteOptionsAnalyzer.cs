using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports route options that are out of range.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RouteOptionsAnalyzer : HandlerAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.InvalidOption,
    ];
}
