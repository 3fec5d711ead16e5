using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Parsing;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports, of the problems that the parser finds in a handler or in a client interface, those of its own rules.</summary>
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
        foreach (Problem problem in ProblemsOf(type, context.Compilation, context.CancellationToken))
        {
            if (rules.Contains(problem.Rule))
                context.ReportDiagnostic(Diagnostic.Create(problem.Rule, problem.Location, problem.Others, problem.Arguments));
        }
    }

    private static IReadOnlyList<Problem> ProblemsOf(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        if (HandlerParser.FindAttribute(type) is { } route)
            return ParsedHandlers.Get(type, route, compilation, cancellationToken).Problems;
        return JsonRpcClients.FindAttribute(type) is { } client ? ParsedClients.Get(type, client, compilation).Problems : [];
    }
}
