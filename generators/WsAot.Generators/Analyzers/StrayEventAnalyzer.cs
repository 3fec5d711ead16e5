using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Parsing;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Analyzers;

/// <summary>
/// Reports marked methods that nothing calls, because their type is neither a handler nor a client interface, nor a base of one. A public
/// abstract class or a public interface is not reported, because another assembly may derive from it. If a handler implements a marked
/// interface method without marking its own method, that is reported at the handler.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StrayEventAnalyzer : DiagnosticAnalyzer
{
    private const string Client = "[JsonRpcClient]";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.UncalledEventMethod];

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
        if (isPublic && type is { IsAbstract: true, IsStatic: false, TypeKind: TypeKind.Class }) return;
        foreach ((WsEvent _, IMethodSymbol method) in EventMethods.DeclaredIn(type)) methods.Add(In(type, method, "[WsRoute]"));
        bool isInterface = type.TypeKind == TypeKind.Interface;
        if (isPublic && isInterface) return;
        foreach (IMethodSymbol method in JsonRpcMethodParser.DeclaredIn(type))
        {
            methods.Add(In(type, method, isInterface ? Client : "[WsRoute]"));
        }
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<Stray> methods, ConcurrentBag<INamedTypeSymbol> marked)
    {
        var bases = new HashSet<INamedTypeSymbol>(
            marked
                .SelectMany(static type => type.TypeKind == TypeKind.Interface
                    ? type.AllInterfaces.Prepend(type)
                    : Inheritance.SelfAndBases(type))
                .Select(static type => type.OriginalDefinition),
            SymbolEqualityComparer.Default);
        INamedTypeSymbol[] handlers = [.. marked.Where(static type => type.TypeKind == TypeKind.Class)];
        var implemented = new HashSet<INamedTypeSymbol>(
            handlers.SelectMany(static handler => handler.AllInterfaces).Select(static type => type.OriginalDefinition),
            SymbolEqualityComparer.Default);
        foreach (Stray stray in methods
            .Where(stray => !bases.Contains(stray.Method.ContainingType)
                && !(stray.IsForClients && implemented.Contains(stray.Method.ContainingType)))
            .Concat(handlers.SelectMany(handler => ImplementedBy(handler, bases)))
            .Distinct())
        {
            IMethodSymbol method = stray.Method;
            Location location = method.Locations.FirstOrDefault(static location => location.IsInSource) ?? stray.Reported.Locations[0];
            context.ReportDiagnostic(
                Diagnostic.Create(DiagnosticDescriptors.UncalledEventMethod, location, NameOf(method), stray.Mark, stray.Attribute));
        }
    }

    /// <summary>The methods with which a handler implements marked interface methods, and which it does not mark itself.</summary>
    private static IEnumerable<Stray> ImplementedBy(INamedTypeSymbol handler, HashSet<INamedTypeSymbol> clients)
    {
        IReadOnlyList<IMethodSymbol> called = JsonRpcMethodParser.Find(handler);
        return handler.AllInterfaces
            .Where(type => !clients.Contains(type.OriginalDefinition))
            .SelectMany(JsonRpcMethodParser.DeclaredIn)
            .Select(handler.FindImplementationForInterfaceMember)
            .OfType<IMethodSymbol>()
            .Where(method => !called.Contains(method, SymbolEqualityComparer.Default))
            .Select(method => new Stray(method, handler, $"'{NameOf(method)}' in '{handler.Name}'", "[JsonRpcMethod]"));
    }

    // The name of an explicit implementation begins with the interface: 'IHandler.Said'.
    private static string NameOf(IMethodSymbol method) => method.Name.Substring(method.Name.LastIndexOf('.') + 1);

    private static Stray In(INamedTypeSymbol type, IMethodSymbol method, string attribute) =>
        new(method, type, $"'{type.Name}' or a type derived from it", attribute);

    private readonly record struct Stray(IMethodSymbol Method, INamedTypeSymbol Reported, string Mark, string Attribute)
    {
        public bool IsForClients => Attribute == Client;
    }
}
