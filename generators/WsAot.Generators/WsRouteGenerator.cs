using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using WsAot.Generators.Describing;
using WsAot.Generators.Emitting;
using WsAot.Generators.Model;
using WsAot.Generators.Parsing;
using WsAot.Generators.Symbols;

namespace WsAot.Generators;

/// <summary>
/// Generates <c>WsRoutes</c> from the classes marked <c>[WsRoute]</c>. It silently skips a class with an error. The analyzers report it,
/// because <c>#pragma</c> can only suppress diagnostics that come from analyzers.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class WsRouteGenerator : IIncrementalGenerator
{
    /// <summary>The name of the generated file with the route table.</summary>
    public const string FileName = "WsRoutes.g.cs";

    /// <summary>The name of the generated file with the descriptions.</summary>
    public const string DescriptionFileName = "WsRoutes.Description.g.cs";

    /// <summary>The name of the generated file with the names of topics.</summary>
    public const string TopicFileName = "WsTopics.g.cs";

    private const string RootNamespace = "build_property.RootNamespace";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<Declarations> declarations = context.CompilationProvider
            .Select(static (compilation, _) => new Declarations(compilation))
            .WithTrackingName(TrackingNames.Declarations);

        IncrementalValuesProvider<ParsedHandler> parsed = Handlers(context, declarations);

        IncrementalValueProvider<RouteTableModel> table = parsed
            .Select(static (handler, _) => handler.Model)
            .WithTrackingName(TrackingNames.Handlers)
            .Collect()
            .Combine(Clients(context, declarations).Collect())
            .Combine(Loggers(context).Collect())
            .Select(static (all, _) => RouteTableModel.Create(all.Left.Left, all.Left.Right, all.Right))
            .WithTrackingName(TrackingNames.Table);

        IncrementalValueProvider<bool> canCompile = context.ParseOptionsProvider
            .Select(static (options, _) => GeneratedLanguage.CanBeCompiledBy(options))
            .WithTrackingName(TrackingNames.Language);

        IncrementalValueProvider<TablePlace> place = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue(RootNamespace, out string? name) ? name : "")
            .Combine(declarations)
            .Select(static (all, _) => all.Right.PlaceOf(all.Left))
            .WithTrackingName(TrackingNames.Place);

        IncrementalValueProvider<string?> file = table
            .Combine(place)
            .Combine(canCompile)
            .Select(static (all, _) => !all.Right ? OldLanguageEmitter.Emit()
                // In a test project without handlers, the name must mean the table of the project that it tests.
                : all.Left.Left.IsEmpty && all.Left.Right.HidesAnother ? null
                : TableEmitter.Emit(all.Left.Left, all.Left.Right))
            .WithTrackingName(TrackingNames.File);

        context.RegisterSourceOutput(file, static (output, file) =>
        {
            if (file is not null) output.AddSource(FileName, SourceText.From(file, Encoding.UTF8));
        });

        IncrementalValuesProvider<HandlerDescription> descriptions = parsed
            .Select(static (handler, _) => handler.Description)
            .Where(static description => description is not null)
            .Select(static (description, _) => description!)
            .WithTrackingName(TrackingNames.Descriptions);

        IncrementalValueProvider<AssemblyModel> assembly = declarations
            .Select(static (declarations, _) => declarations.Assembly)
            .WithTrackingName(TrackingNames.Assembly);

        IncrementalValueProvider<string?> descriptionFile = table
            .Combine(descriptions.Collect())
            .Combine(assembly)
            .Combine(place)
            .Combine(canCompile)
            .Select(static (all, _) => all.Right && !(all.Left.Left.Left.Left.IsEmpty && all.Left.Right.HidesAnother)
                ? DescriptionEmitter.Emit(all.Left.Left.Left.Left, all.Left.Left.Left.Right, all.Left.Left.Right, all.Left.Right)
                : null)
            .WithTrackingName(TrackingNames.DescriptionFile);

        context.RegisterSourceOutput(descriptionFile, static (output, file) =>
        {
            if (file is not null) output.AddSource(DescriptionFileName, SourceText.From(file, Encoding.UTF8));
        });

        RegisterTopics(context, declarations, canCompile);
    }

    private static void RegisterTopics(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<Declarations> declarations,
        IncrementalValueProvider<bool> canCompile)
    {
        IncrementalValueProvider<string?> file = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WsAotTypes.WsTopicAttribute.Name,
                predicate: static (node, _) => node is InterfaceDeclarationSyntax,
                transform: static (marked, _) => TypeNames.InMetadata((INamedTypeSymbol)marked.TargetSymbol))
            .WithTrackingName(TrackingNames.MarkedTopics)
            .Combine(declarations)
            .Select(static (topic, _) => topic.Right.ParseTopic(topic.Left))
            .WithTrackingName(TrackingNames.Topics)
            .Where(static topic => topic is not null)
            .Select(static (topic, _) => topic!)
            .Collect()
            .Combine(canCompile)
            .Select(static (all, _) => all.Right && all.Left.Length > 0 ? TopicNameEmitter.Emit(all.Left) : null)
            .WithTrackingName(TrackingNames.TopicFile);

        context.RegisterSourceOutput(file, static (output, file) =>
        {
            if (file is not null) output.AddSource(TopicFileName, SourceText.From(file, Encoding.UTF8));
        });
    }

    private static IncrementalValuesProvider<ParsedHandler> Handlers(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<Declarations> declarations) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WsAotTypes.WsRouteAttribute.Name,
                predicate: static (node, _) => node is TypeDeclarationSyntax,
                transform: static (marked, _) => TypeNames.InMetadata((INamedTypeSymbol)marked.TargetSymbol))
            .WithTrackingName(TrackingNames.Marked)
            .Combine(declarations)
            .Select(static (handler, cancellationToken) => handler.Right.Parse(handler.Left, cancellationToken))
            .WithTrackingName(TrackingNames.Parse)
            .SelectMany(static (routes, _) => routes);

    private static IncrementalValuesProvider<JsonRpcModel> Clients(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<Declarations> declarations) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WsAotTypes.JsonRpcClientAttribute.Name,
                predicate: static (node, _) => node is InterfaceDeclarationSyntax,
                transform: static (marked, _) => TypeNames.InMetadata((INamedTypeSymbol)marked.TargetSymbol))
            .WithTrackingName(TrackingNames.MarkedClients)
            .Combine(declarations)
            .Select(static (client, _) => client.Right.ParseClient(client.Left))
            .WithTrackingName(TrackingNames.Clients)
            .Where(static client => client is not null)
            .Select(static (client, _) => client!);

    private static IncrementalValuesProvider<string> Loggers(IncrementalGeneratorInitializationContext context) =>
        context.SyntaxProvider
            .CreateSyntaxProvider(
                predicate: static (node, _) => LoggerTypes.IsCandidate(node),
                transform: static (named, cancellationToken) =>
                    LoggerTypes.ClassOf(named.SemanticModel, named.Node, cancellationToken))
            .Where(static name => name is not null)
            .Select(static (name, _) => name!)
            .WithTrackingName(TrackingNames.Loggers);
}
