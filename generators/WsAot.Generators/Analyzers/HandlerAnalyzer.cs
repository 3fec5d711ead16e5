using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Parsing;

namespace WsAot.Generators.Analyzers;

/// <summary>
/// Parses each handler and client interface, and reports the diagnostics that <see cref="DiagnosticAnalyzer.SupportedDiagnostics"/> lists.
/// </summary>
public abstract class HandlerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Report, SymbolKind.NamedType);
    }

    private void Report(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<DiagnosticDescriptor> rules = SupportedDiagnostics;
        foreach (DiagnosticInfo diagnostic in DiagnosticsOf(type, context.Compilation, context.CancellationToken))
        {
            if (rules.Contains(diagnostic.Descriptor)) context.ReportDiagnostic(diagnostic.ToDiagnostic());
        }
    }

    private static IEnumerable<DiagnosticInfo> DiagnosticsOf(
        INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken) =>
        JsonRpcClients.FindAttribute(type) is { } client
            ? ClientParseCache.Get(type, client, compilation).Diagnostics
            : TopicParser.FindAttribute(type) is { } topic ? TopicParser.ProblemsWithoutClient(type, topic, compilation)
            : HandlerParseCache.DiagnosticsOf(type, compilation, cancellationToken);
}
