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
            {
                context.ReportDiagnostic(Diagnostic.Create(problem.Rule, problem.Location, problem.Others, Properties(problem), problem.Arguments));
            }
        }
    }

    private static IReadOnlyList<Problem> ProblemsOf(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        if (HandlerParser.FindAttribute(type) is { } route) return ParsedHandlers.Get(type, route, compilation, cancellationToken).Problems;
        return JsonRpcClients.FindAttribute(type) is { } client ? ParsedClients.Get(type, client, compilation).Problems : [];
    }

    /// <summary>For the code fixes: what the message names first, which it does not give away.</summary>
    private static ImmutableDictionary<string, string?> Properties(Problem problem) =>
        ImmutableDictionary<string, string?>.Empty.Add("Name", problem.Arguments[0].ToString());
}
