using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Parsing;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Analyzers;

/// <summary>
/// Reports a library with handlers whose table no code can use: it is internal, no other assembly sees the internals, and the library does
/// not name it itself. It is reported once, at the first handler.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnseenRoutesAnalyzer : DiagnosticAnalyzer
{
    private const string Table = "Table";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.UnseenRoutes];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.RegisterCompilationStartAction(static start =>
        {
            // A test project is an executable, too.
            if (start.Compilation.Options.OutputKind != OutputKind.DynamicallyLinkedLibrary) return;
            if (start.Compilation.Assembly.GetAttributes().Find(SystemTypes.InternalsVisibleToAttribute.Name) is not null) return;
            var handlers = new ConcurrentBag<INamedTypeSymbol>();
            var tables = new ConcurrentBag<INamedTypeSymbol>();
            bool isUsed = false;
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, handlers, tables), SymbolKind.NamedType);
            start.RegisterOperationAction(
                operation =>
                {
                    if (IsTable(((IPropertyReferenceOperation)operation.Operation).Property, start.Compilation)) isUsed = true;
                },
                OperationKind.PropertyReference);
            start.RegisterCompilationEndAction(end =>
            {
                if (!isUsed) Report(end, handlers, tables);
            });
        });
    }

    private static void Collect(
        INamedTypeSymbol type, ConcurrentBag<INamedTypeSymbol> handlers, ConcurrentBag<INamedTypeSymbol> tables)
    {
        if (HandlerParser.FindAttributes(type).Count > 0) handlers.Add(type);
        else if (IsWsRoutes(type)) tables.Add(type);
    }

    private static void Report(
        CompilationAnalysisContext context, ConcurrentBag<INamedTypeSymbol> handlers, ConcurrentBag<INamedTypeSymbol> tables)
    {
        INamedTypeSymbol? first = handlers
            .OrderBy(static handler => handler.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(static handler => handler.Locations[0].SourceSpan.Start)
            .FirstOrDefault();
        if (first is null || tables.FirstOrDefault() is not { DeclaredAccessibility: not Accessibility.Public } table) return;
        INamespaceSymbol space = table.ContainingNamespace;
        context.ReportDiagnostic(Diagnostic.Create(
            DiagnosticDescriptors.UnseenRoutes,
            first.Locations[0],
            first.Name,
            space.IsGlobalNamespace ? "a file without a namespace" : $"the namespace '{space.ToDisplayString()}'",
            table.ToDisplayString()));
    }

    private static bool IsTable(IPropertySymbol property, Compilation compilation) =>
        property is { Name: Table, ContainingType: { } type }
        && IsWsRoutes(type)
        && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);

    // The part that the generator writes declares the property.
    private static bool IsWsRoutes(INamedTypeSymbol type) =>
        type is { Name: TablePlace.ClassName, IsStatic: true, ContainingType: null }
        && type.GetMembers(Table).Any(static member => member is IPropertySymbol { Type: var table }
            && table.Is(RoutingTypes.WsRouteTable.Name));
}
