using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Parsing;
using WsAot.Generators.Parsing.Shapes;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Analyzers;

/// <summary>
/// Reports types that a handler or a client interface exchanges as JSON and that its JsonSerializerContext does not list. This is an
/// analyzer of its own because the generator cannot see what the generator of System.Text.Json adds to the context; analyzers run after
/// both.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JsonTypesAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that holds the metadata name of the context.</summary>
    public const string ContextProperty = "Context";

    /// <summary>The property of a diagnostic that holds the fully qualified name of the type, with <c>global::</c>.</summary>
    public const string TypeProperty = "Type";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.TypeNotInContext];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Report, SymbolKind.NamedType);
    }

    private static void Report(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (HandlerParseResult route in HandlerParseCache.Get(type, context.Compilation, context.CancellationToken)
            .GroupBy(static route => route.Context, SymbolEqualityComparer.Default)
            .Select(static same => same.First()))
        {
            Report(context, type, route.Context, route.JsonUses);
        }

        if (JsonRpcClients.FindAttribute(type) is { } attribute)
        {
            ClientParseResult client = ClientParseCache.Get(type, attribute, context.Compilation);
            Report(context, type, client.Context, client.Uses);
        }
    }

    private static void Report(
        SymbolAnalysisContext context, INamedTypeSymbol type, INamedTypeSymbol? json, IReadOnlyList<JsonTypeUsage> uses)
    {
        if (json is null || uses.Count == 0) return;
        HashSet<string> named = SerializableTypes.Of(json);
        if (named.Count == 0) return;
        foreach (JsonTypeUsage use in uses.Where(use => !named.Contains(TypeNames.InJson(use.Type))))
        {
            context.ReportDiagnostic(Missing(type, json, use));
        }
    }

    private static Diagnostic Missing(INamedTypeSymbol handler, INamedTypeSymbol context, JsonTypeUsage use)
    {
        // Report at this handler, where the type and the context come together. The declaration may be valid for another handler.
        ISymbol meeting = use.TakenBy ?? use.Owner;
        Location owner = TypeLocation.Of(use.Owner);
        bool isOwn = SymbolEqualityComparer.Default.Equals(TypeLocation.DeclaringType(meeting), handler);
        return Diagnostic.Create(
            DiagnosticDescriptors.TypeNotInContext,
            isOwn ? TypeLocation.Of(meeting) : handler.Locations[0],
            isOwn && use.TakenBy is null ? [] : [owner],
            ImmutableDictionary<string, string?>.Empty
                .Add(ContextProperty, TypeNames.InMetadata(context))
                .Add(TypeProperty, TypeNames.InJson(use.Type)),
            TypeNames.InMessage(use.Type.WithNullableAnnotation(NullableAnnotation.None)),
            context.Name,
            use.Description,
            handler.TypeKind == TypeKind.Class && CanBeService(use) ? ", or, if it is a service, take it in the constructor" : "");
    }

    // A parameter of the handler's own method whose type looks like a service: not a record, a collection, or a type that only JSON uses.
    private static bool CanBeService(JsonTypeUsage use) =>
        use.TakenBy is null
        && use.Owner is IParameterSymbol
        && use.Type is INamedTypeSymbol
        {
            TypeKind: TypeKind.Interface or TypeKind.Class,
            IsRecord: false,
            SpecialType: SpecialType.None,
        } type
        && CollectionTypes.ValueOf(type) is null
        && CollectionTypes.ElementOf(type) is null
        && CollectionTypes.UntypedKindOf(type) is null
        && ScalarShapes.Of(type) is null;
}
