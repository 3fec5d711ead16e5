using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using WsAot.Generators.Emitting;
using WsAot.Generators.Model;
using WsAot.Generators.Parsing;

namespace WsAot.Generators;

/// <summary>
/// Makes <c>WsRoutes</c> from the classes marked <c>[WsRoute]</c>. A class with a mistake is left out without a word: the analyzers
/// report it, where <c>#pragma</c> and the editor can reach the report.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class WsRouteGenerator : IIncrementalGenerator
{
    /// <summary>The name of the generated file.</summary>
    public const string FileName = "WsRoutes.g.cs";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<HandlerModel> handlers = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownTypes.WsRouteAttribute.Name,
                predicate: static (node, _) => node is TypeDeclarationSyntax,
                transform: static (marked, cancellationToken) => Parse(marked, cancellationToken))
            .WithTrackingName(TrackingNames.Parse)
            .Where(static handler => handler is not null)
            .Select(static (handler, _) => handler!)
            .WithTrackingName(TrackingNames.Handlers);

        IncrementalValueProvider<RouteTableModel> table = handlers
            .Collect()
            .Select(static (handlers, _) => RouteTableModel.Create(handlers))
            .WithTrackingName(TrackingNames.Table);

        IncrementalValueProvider<string> file = table
            .Select(static (table, _) => TableEmitter.Emit(table))
            .WithTrackingName(TrackingNames.File);

        context.RegisterSourceOutput(file, static (output, file) => output.AddSource(FileName, SourceText.From(file, Encoding.UTF8)));
    }

    private static HandlerModel? Parse(GeneratorAttributeSyntaxContext marked, CancellationToken cancellationToken) =>
        HandlerParser.Parse((INamedTypeSymbol)marked.TargetSymbol, marked.Attributes[0], marked.SemanticModel.Compilation, cancellationToken).Model;
}
