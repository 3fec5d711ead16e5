using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.CodeFixes;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>
/// Applies code fixes to one file of user code, as an editor does it. What comes out must compile, with what is generated from it, and the
/// rule must be reported there once less, or not at all where all is corrected.
/// </summary>
internal static class CodeFixRun
{
    public static ImmutableArray<CodeFixProvider> Providers { get; } =
    [
        .. typeof(HandlerFix).Assembly.GetTypes()
            .Where(static type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(CodeFixProvider)))
            .Select(static type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    /// <summary>What is offered for the first report of a rule.</summary>
    public static async Task<string[]> Titles(string id, string source)
    {
        using var workspace = new AdhocWorkspace();
        Document document = DocumentOf(workspace, source);
        return [.. (await Offers(id, document)).Select(static offer => offer.Action.Title)];
    }

    /// <summary>Corrects the first report of a rule.</summary>
    /// <param name="title">Which offer to take; null for the first.</param>
    public static async Task<string> Fix(string id, string source, string? title = null)
    {
        using var workspace = new AdhocWorkspace();
        Document document = DocumentOf(workspace, source);
        Offer offer = Take(await Offers(id, document), title);
        string corrected = await Apply(offer.Action, document);
        await AssertCorrected(corrected, id, await Count(id, source) - 1);
        return corrected;
    }

    /// <summary>Corrects all reports of a rule in the file.</summary>
    public static async Task<string> FixAll(string id, string source, string? title = null)
    {
        using var workspace = new AdhocWorkspace();
        Document document = DocumentOf(workspace, source);
        Offer offer = Take(await Offers(id, document), title);
        var context = new FixAllContext(
            document, offer.Provider, FixAllScope.Document, offer.Action.EquivalenceKey!, [id], new Reports(await ReportsOf(id, document)), default);
        CodeAction? action = await offer.Provider.GetFixAllProvider()!.GetFixAsync(context);
        Assert.NotNull(action);
        string corrected = await Apply(action, document);
        await AssertCorrected(corrected, id, 0);
        return corrected;
    }

    private static Offer Take(IReadOnlyList<Offer> offers, string? title)
    {
        Assert.NotEmpty(offers);
        return title is null ? offers[0] : Assert.Single(offers, offer => offer.Action.Title == title);
    }

    private static Document DocumentOf(AdhocWorkspace workspace, string source)
    {
        CSharpCompilation settings = TestCompilation.Create();
        ProjectInfo project = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Create(), "User", "User", LanguageNames.CSharp,
            compilationOptions: settings.Options, parseOptions: TestCompilation.ParseOptions, metadataReferences: TestCompilation.References);
        return workspace.AddProject(project).AddDocument("File0.cs", source, filePath: "File0.cs");
    }

    private static async Task<List<Offer>> Offers(string id, Document document)
    {
        Diagnostic diagnostic = (await ReportsOf(id, document))[0];
        var offers = new List<Offer>();
        foreach (CodeFixProvider provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(id)))
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offers.Add(new Offer(provider, action)), default));
        return offers;
    }

    private static async Task<ImmutableArray<Diagnostic>> ReportsOf(string id, Document document)
    {
        var compilation = (CSharpCompilation)(await document.Project.GetCompilationAsync())!;
        return [.. (await Analysis.Run(compilation)).Where(diagnostic => diagnostic.Id == id).OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static async Task<string> Apply(CodeAction action, Document document)
    {
        ApplyChangesOperation change = Assert.Single((await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>());
        return (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private static async Task AssertCorrected(string corrected, string id, int left)
    {
        Assert.True(!Analysis.CompilerErrors(corrected).Any(), $"{string.Join('\n', Analysis.CompilerErrors(corrected))}\n{corrected}");
        Assert.Equal(left, await Count(id, corrected));
    }

    private static async Task<int> Count(string id, string source) => (await Analysis.Run(source)).Count(diagnostic => diagnostic.Id == id);

    private sealed record Offer(CodeFixProvider Provider, CodeAction Action);

    private sealed class Reports(ImmutableArray<Diagnostic> reports) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(reports);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(reports);
    }
}
