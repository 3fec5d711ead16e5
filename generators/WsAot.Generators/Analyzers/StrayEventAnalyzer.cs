using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Parsing;

namespace WsAot.Generators.Analyzers;

/// <summary>
/// Event methods that nothing calls, because no handler has them. A public abstract class is not reported: it may be there for handlers
/// of other assemblies to derive from.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StrayEventAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.StrayEvent];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            var methods = new ConcurrentBag<IMethodSymbol>();
            var handlers = new ConcurrentBag<INamedTypeSymbol>();
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, methods, handlers), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, methods, handlers));
        });
    }

    private static void Collect(INamedTypeSymbol type, ConcurrentBag<IMethodSymbol> methods, ConcurrentBag<INamedTypeSymbol> handlers)
    {
        if (HandlerParser.FindAttribute(type) is not null)
        {
            handlers.Add(type);
            return;
        }

        if (type is { IsAbstract: true, IsStatic: false, DeclaredAccessibility: Accessibility.Public, TypeKind: TypeKind.Class })
            return;
        foreach ((WsEvent _, IMethodSymbol method) in EventMethods.DeclaredIn(type))
            methods.Add(method);
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<IMethodSymbol> methods, ConcurrentBag<INamedTypeSymbol> handlers)
    {
        var bases = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol handler in handlers)
        {
            for (INamedTypeSymbol? type = handler.BaseType; type is not null; type = type.BaseType)
                bases.Add(type.OriginalDefinition);
        }

        foreach (IMethodSymbol method in methods.Where(method => !bases.Contains(method.ContainingType)).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default))
            context.ReportDiagnostic(Diagnostic.Create(Rules.StrayEvent, method.Locations[0], method.Name, method.ContainingType.Name));
    }
}
