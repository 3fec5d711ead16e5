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
    private const string Handler = "[WsRoute]";

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
        if (HandlerParser.FindAttributes(type).Count > 0 || JsonRpcClients.FindAttribute(type) is not null)
        {
            marked.Add(type);
            return;
        }

        bool isPublic = type.DeclaredAccessibility == Accessibility.Public;
        if (isPublic && type is { IsAbstract: true, IsStatic: false, TypeKind: TypeKind.Class }) return;
        bool isInterface = type.TypeKind == TypeKind.Interface;
        foreach ((WsEvent kind, IMethodSymbol method) in EventMethods.DeclaredIn(type))
        {
            methods.Add(isInterface ? InInterface(type, method, AttributeOf(kind)) : In(type, method, Handler));
        }

        foreach (IMethodSymbol method in SubscribeParser.DeclaredIn(type))
        {
            methods.Add(isInterface ? InInterface(type, method, "[OnSubscribe]") : In(type, method, Handler));
        }

        if (isPublic && isInterface) return;
        foreach (IMethodSymbol method in JsonRpcMethodParser.DeclaredIn(type))
        {
            methods.Add(In(type, method, isInterface ? Client : Handler));
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
        // A method of an interface that a handler implements is reported where it is implemented, if that is not marked.
        foreach (Stray stray in methods
            .Where(stray => !bases.Contains(stray.Method.ContainingType) && !implemented.Contains(stray.Method.ContainingType))
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
        IReadOnlyList<(WsEvent Event, IMethodSymbol Method)> events = EventMethods.Of(handler);
        foreach (INamedTypeSymbol type in handler.AllInterfaces)
        {
            foreach (IMethodSymbol declared in JsonRpcMethodParser.DeclaredIn(type))
            {
                if (!clients.Contains(type.OriginalDefinition)
                    && handler.FindImplementationForInterfaceMember(declared) is IMethodSymbol method
                    && !called.Any(marked => IsSameOrOverrides(marked, method)))
                {
                    yield return Implementing(method, handler, "[JsonRpcMethod]");
                }
            }

            foreach ((WsEvent kind, IMethodSymbol declared) in EventMethods.DeclaredIn(type))
            {
                if (handler.FindImplementationForInterfaceMember(declared) is IMethodSymbol method
                    && !events.Any(marked => marked.Event == kind && IsSameOrOverrides(marked.Method, method)))
                {
                    yield return Implementing(method, handler, AttributeOf(kind));
                }
            }
        }
    }

    private static bool IsSameOrOverrides(IMethodSymbol marked, IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(marked, method) || Inheritance.Overrides(marked, method);

    // The name of an explicit implementation begins with the interface: 'IHandler.Said'.
    private static string NameOf(IMethodSymbol method) => method.Name.Substring(method.Name.LastIndexOf('.') + 1);

    private static string AttributeOf(WsEvent kind) => $"[On{kind}]";

    private static Stray In(INamedTypeSymbol type, IMethodSymbol method, string attribute) => new(
        method,
        type,
        type.IsValueType ? $"a class in place of the struct '{type.Name}'"
            : type.IsSealed || type.IsStatic ? $"'{type.Name}'"
            : $"'{type.Name}' or a type derived from it",
        attribute);

    private static Stray InInterface(INamedTypeSymbol type, IMethodSymbol method, string attribute) =>
        new(method, type, $"the method of a handler that implements '{NameOf(method)}' of '{type.Name}'", attribute);

    private static Stray Implementing(IMethodSymbol method, INamedTypeSymbol handler, string attribute)
    {
        INamedTypeSymbol declaring = method.ContainingType;
        bool isInSource = method.Locations.Any(static location => location.IsInSource);
        // A default implementation belongs to the interface, so the handler has no method to mark yet.
        string mark = declaring.TypeKind == TypeKind.Interface
            ? $"an implementation of '{NameOf(method)}' in '{handler.Name}'"
            : $"'{NameOf(method)}' in '{(isInSource ? declaring : handler).Name}'";
        return new(method, handler, mark, attribute);
    }

    private readonly record struct Stray(IMethodSymbol Method, INamedTypeSymbol Reported, string Mark, string Attribute);
}
