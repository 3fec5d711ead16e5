using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Parsing;
using WsAot.Generators.Symbols;
using WsAot.Generators.Templates;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports routes that match the same paths. Each is reported with another one as its additional location.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RouteConflictAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.ConflictingRoutes];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            var routes = new ConcurrentBag<Route>();
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, routes), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, routes));
        });
    }

    private static void Collect(INamedTypeSymbol type, ConcurrentBag<Route> routes)
    {
        foreach (AttributeData attribute in HandlerParser.FindAttributes(type))
        {
            if (attribute.Argument() is not string text) continue;
            Template template = TemplateParser.Parse(text);
            if (template.Errors.Count == 0 && AttributeLocation.Of(attribute, null) is { } location)
            {
                routes.Add(new Route(TypeNames.Full(type), template, location));
            }
        }
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<Route> routes)
    {
        foreach (var same in routes.GroupBy(static route => route.Template.Shape, StringComparer.Ordinal))
        {
            Route[] conflicting =
            [
                .. same.OrderBy(static route => route.Handler, StringComparer.Ordinal)
                    .ThenBy(static route => route.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                    .ThenBy(static route => route.Location.SourceSpan.Start),
            ];
            for (int i = 0; i < conflicting.Length && conflicting.Length > 1; i++)
            {
                Route route = conflicting[i], other = conflicting[i == 0 ? 1 : 0];
                context.ReportDiagnostic(Diagnostic.Create(
                    DiagnosticDescriptors.ConflictingRoutes,
                    route.Location,
                    [other.Location],
                    route.Template.Text,
                    route.Handler,
                    other.Handler,
                    other.Template.Text));
            }
        }
    }

    private sealed record Route(string Handler, Template Template, Location Location);
}
