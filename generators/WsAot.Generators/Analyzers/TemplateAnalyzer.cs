using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports invalid route templates.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TemplateAnalyzer : HandlerAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.DuplicateRouteParameter,
        DiagnosticDescriptors.InvalidTemplate,
    ];
}
