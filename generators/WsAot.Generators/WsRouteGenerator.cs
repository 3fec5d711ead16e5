using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using WsAot.Generators.Describing;
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
    /// <summary>The name of the generated file that serves.</summary>
    public const string FileName = "WsRoutes.g.cs";

    /// <summary>The name of the one that describes.</summary>
    public const string DescriptionFileName = "WsRoutes.Description.g.cs";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedHandler> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownTypes.WsRouteAttribute.Name,
                predicate: static (node, _) => node is TypeDeclarationSyntax,
                transform: static (marked, cancellationToken) => Parse(marked, cancellationToken))
            .WithTrackingName(TrackingNames.Parse)
            .Where(static handler => handler is not null)
            .Select(static (handler, _) => handler!);

        IncrementalValueProvider<RouteTableModel> table = parsed
            .Select(static (handler, _) => handler.Model)
            .WithTrackingName(TrackingNames.Handlers)
            .Collect()
            .Select(static (handlers, _) => RouteTableModel.Create(handlers))
            .WithTrackingName(TrackingNames.Table);

        IncrementalValueProvider<string> file = table
            .Select(static (table, _) => TableEmitter.Emit(table))
            .WithTrackingName(TrackingNames.File);

        context.RegisterSourceOutput(file, static (output, file) => output.AddSource(FileName, SourceText.From(file, Encoding.UTF8)));

        IncrementalValuesProvider<HandlerDescription> descriptions = parsed
            .Select(static (handler, _) => handler.Description)
            .Where(static description => description is not null)
            .Select(static (description, _) => description!)
            .WithTrackingName(TrackingNames.Descriptions);

        IncrementalValueProvider<AssemblyModel> assembly = context.CompilationProvider
            .Select(static (compilation, _) => AssemblyModel.Of(compilation.Assembly.Identity.Name, compilation.Assembly.Identity.Version))
            .WithTrackingName(TrackingNames.Assembly);

        IncrementalValueProvider<string> descriptionFile = table
            .Combine(descriptions.Collect())
            .Combine(assembly)
            .Select(static (all, _) => DescriptionEmitter.Emit(all.Left.Left, all.Left.Right, all.Right))
            .WithTrackingName(TrackingNames.DescriptionFile);

        context.RegisterSourceOutput(
            descriptionFile, static (output, file) => output.AddSource(DescriptionFileName, SourceText.From(file, Encoding.UTF8)));
    }

    private static ParsedHandler? Parse(GeneratorAttributeSyntaxContext marked, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)marked.TargetSymbol;
        Compilation compilation = marked.SemanticModel.Compilation;
        HandlerParseResult result = HandlerParser.Parse(type, marked.Attributes[0], compilation, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return result.Model is { } model ? new(model, DescriptionParser.Parse(model, type, result.Context, compilation)) : null;
    }
}
