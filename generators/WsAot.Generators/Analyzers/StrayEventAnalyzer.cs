using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Parsing;

namespace WsAot.Generators.Analyzers;

/// <summary>
/// Marked methods that nothing calls, because no handler and no client interface has them. A public abstract class is not reported: it may
/// be there for handlers of other assemblies to derive from. Nor is a public interface of methods for a client.
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
            var methods = new ConcurrentBag<Stray>();
            var marked = new ConcurrentBag<INamedTypeSymbol>();
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, methods, marked), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, methods, marked));
        });
    }

    private static void Collect(INamedTypeSymbol type, ConcurrentBag<Stray> methods, ConcurrentBag<INamedTypeSymbol> marked)
    {
        if (HandlerParser.FindAttribute(type) is not null || JsonRpcClients.FindAttribute(type) is not null)
        {
            marked.Add(type);
            return;
        }

        bool isPublic = type.DeclaredAccessibility == Accessibility.Public;
        if (isPublic && type is { IsAbstract: true, IsStatic: false, TypeKind: TypeKind.Class })
            return;
        foreach ((WsEvent _, IMethodSymbol method) in EventMethods.DeclaredIn(type))
            methods.Add(new Stray(method, "[WsRoute]"));
        bool isInterface = type.TypeKind == TypeKind.Interface;
        if (isPublic && isInterface)
            return;
        foreach (IMethodSymbol method in JsonRpcMethodParser.DeclaredIn(type))
            methods.Add(new Stray(method, isInterface ? "[JsonRpcClient]" : "[WsRoute]"));
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<Stray> methods, ConcurrentBag<INamedTypeSymbol> marked)
    {
        var bases = new HashSet<INamedTypeSymbol>(
            marked.SelectMany(static type => type.TypeKind == TypeKind.Interface ? type.AllInterfaces : Inheritance.AndBases(type))
                .Select(static type => type.OriginalDefinition),
            SymbolEqualityComparer.Default);
        foreach (Stray stray in methods.Where(stray => !bases.Contains(stray.Method.ContainingType)).Distinct())
        {
            IMethodSymbol method = stray.Method;
            context.ReportDiagnostic(Diagnostic.Create(Rules.StrayEvent, method.Locations[0], method.Name, method.ContainingType.Name, stray.Attribute));
        }
    }

    private readonly record struct Stray(IMethodSymbol Method, string Attribute);
}
