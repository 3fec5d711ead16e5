using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Parsing;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports calls of <c>WsServer.Topic&lt;TClient&gt;</c> for which there is no proxy.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TopicCallAnalyzer : DiagnosticAnalyzer
{
    private const string NameContext = "name its JSON context: [JsonRpcClient(Json = typeof(...))]";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.NoTopicClient];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            var calls = new ConcurrentBag<(ITypeSymbol Client, Location Location)>();
            var handlers = new ConcurrentBag<INamedTypeSymbol>();
            start.RegisterOperationAction(operation => Collect((IInvocationOperation)operation.Operation, calls), OperationKind.Invocation);
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, handlers), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, calls, handlers));
        });
    }

    private static void Collect(INamedTypeSymbol type, ConcurrentBag<INamedTypeSymbol> handlers)
    {
        if (HandlerParser.FindAttributes(type).Count > 0) handlers.Add(type);
    }

    private static void Collect(IInvocationOperation call, ConcurrentBag<(ITypeSymbol Client, Location Location)> calls)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.Name != WsAotTypes.WsServer.Topic || method.TypeArguments.Length != 1) return;
        if (!method.ContainingType.Is(WsAotTypes.WsServer.Name)) return;
        ITypeSymbol client = method.TypeArguments[0];
        // Only the caller of a generic method knows what a type parameter stands for.
        if (client.TypeKind is TypeKind.TypeParameter or TypeKind.Error) return;
        SyntaxNode? argument = call.Syntax.DescendantNodes().OfType<TypeArgumentListSyntax>().FirstOrDefault(
            list => list.Parent is GenericNameSyntax { Identifier.ValueText: WsAotTypes.WsServer.Topic })?.Arguments.FirstOrDefault();
        calls.Add((client, (argument ?? call.Syntax).GetLocation()));
    }

    private static void Report(
        CompilationAnalysisContext context,
        ConcurrentBag<(ITypeSymbol Client, Location Location)> calls,
        ConcurrentBag<INamedTypeSymbol> handlers)
    {
        if (calls.IsEmpty) return;
        ILookup<ISymbol?, ISymbol?> contexts = handlers
            .SelectMany(handler => HandlerParseCache.Get(handler, context.Compilation, context.CancellationToken)
                .SelectMany(route => ClientsOf(handler).Select(client => (Client: client, route.Context))))
            .Where(static taken => taken.Context is not null)
            .ToLookup(
                static taken => (ISymbol?)taken.Client, static taken => (ISymbol?)taken.Context, SymbolEqualityComparer.Default);
        foreach ((ITypeSymbol client, Location location) in calls)
        {
            int count = contexts[client].Distinct(SymbolEqualityComparer.Default).Count();
            if (Problem(client, count, context.Compilation) is { } problem)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    DiagnosticDescriptors.NoTopicClient, location, TypeNames.InMessage(client), problem));
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> ClientsOf(INamedTypeSymbol handler) => handler.InstanceConstructors
        .SelectMany(static constructor => constructor.Parameters)
        .Select(static parameter => JsonRpcClients.InterfaceOf(parameter.Type))
        .OfType<INamedTypeSymbol>()
        .Concat(HandlerParser.FindAttributes(handler).SelectMany(RouteTopics.InterfacesOf));

    /// <param name="contexts">The number of JSON contexts with which the handlers of this compilation take the interface.</param>
    private static string? Problem(ITypeSymbol client, int contexts, Compilation compilation)
    {
        if (client is not INamedTypeSymbol named || JsonRpcClients.FindAttribute(named) is not { } attribute)
        {
            return $"'{TypeNames.InMessage(client)}' is not an interface marked [JsonRpcClient]";
        }

        if (attribute.Sets(WsAotTypes.JsonRpcClientAttribute.Json) || contexts == 1) return null;
        if (contexts > 1) return $"handlers take '{client.Name}' with different JSON contexts; {NameContext}";
        // Handlers of its own assembly may take it.
        return SymbolEqualityComparer.Default.Equals(client.ContainingAssembly, compilation.Assembly)
            ? $"no handler takes '{client.Name}'; {NameContext}"
            : null;
    }
}
