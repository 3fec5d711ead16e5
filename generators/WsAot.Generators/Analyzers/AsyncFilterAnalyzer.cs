using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports filters whose methods are <c>async void</c>: a call would not wait for what they check.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncFilterAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.AsyncVoidFilter];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(static symbol => Report(symbol, (IMethodSymbol)symbol.Symbol), SymbolKind.Method);
    }

    private static void Report(SymbolAnalysisContext context, IMethodSymbol method)
    {
        if (!method.IsAsync || !method.ReturnsVoid || !method.IsOverride) return;
        IMethodSymbol declared = method;
        while (declared.OverriddenMethod is { } overridden) declared = overridden;
        if (!declared.ContainingType.Is(WsAotTypes.WsFilterAttribute.Name)) return;
        context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.AsyncVoidFilter, method.Locations[0], method.Name));
    }
}
