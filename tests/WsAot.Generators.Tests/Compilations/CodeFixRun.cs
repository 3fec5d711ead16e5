using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.CodeFixes;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>
/// Applies code fixes to user code, as an editor does. A line of dashes begins another file. The result must compile with the code
/// generated
/// from it, and the diagnostic must be reported less often than before, or not at all after "fix all".
/// </summary>
internal static class CodeFixRun
{
    private const string NextFile = "\n----\n";

    public static ImmutableArray<CodeFixProvider> Providers { get; } =
    [
        .. typeof(HandlerFix).Assembly.GetTypes()
            .Where(static type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(CodeFixProvider)))
            .Select(static type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    /// <summary>The titles of the fixes that are offered for the first diagnostic of a rule.</summary>
    public static async Task<string[]> Titles(string id, string source)
    {
        using var workspace = new AdhocWorkspace();
        Project project = ProjectOf(workspace, source);
        return [.. (await Offers(project, (await Reports(id, project))[0])).Select(static offer => offer.Action.Title)];
    }

    /// <summary>Fixes the first diagnostic of a rule.</summary>
    /// <param name="title">The title of the fix to apply; null for the first.</param>
    public static async Task<string> Fix(string id, string source, string? title = null)
    {
        using var workspace = new AdhocWorkspace();
        Project project = ProjectOf(workspace, source);
        ImmutableArray<Diagnostic> reports = await Reports(id, project);
        string corrected = await Apply(Take(await Offers(project, reports[0]), title).Action, project);
        Assert.True((await AssertCompiles(corrected, id)).Length < reports.Length);
        return corrected;
    }

    /// <summary>Fixes all diagnostics of a rule.</summary>
    public static async Task<string> FixAll(string id, string source, string? title = null)
    {
        using var workspace = new AdhocWorkspace();
        Project project = ProjectOf(workspace, source);
        ImmutableArray<Diagnostic> reports = await Reports(id, project);
        Offer offer = Take(await Offers(project, reports[0]), title);
        var context = new FixAllContext(
            project.GetDocument(reports[0].Location.SourceTree)!,
            offer.Provider,
            FixAllScope.Project,
            offer.Action.EquivalenceKey!,
            [id],
            new KnownReports(reports),
            default);
        CodeAction? action = await offer.Provider.GetFixAllProvider()!.GetFixAsync(context);
        Assert.NotNull(action);
        string corrected = await Apply(action, project);
        Assert.Empty(await AssertCompiles(corrected, id));
        return corrected;
    }

    private static Offer Take(IReadOnlyList<Offer> offers, string? title)
    {
        Assert.NotEmpty(offers);
        return title is null ? offers[0] : Assert.Single(offers, offer => offer.Action.Title == title);
    }

    private static Project ProjectOf(AdhocWorkspace workspace, string source)
    {
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Create(), "User", "User", LanguageNames.CSharp,
            compilationOptions: TestCompilation.Create().Options,
            parseOptions: TestCompilation.ParseOptions,
            metadataReferences: TestCompilation.References));
        foreach (string file in source.Split(NextFile))
        {
            string name = $"File{project.DocumentIds.Count}.cs";
            project = project.AddDocument(name, file, filePath: name).Project;
        }

        return project;
    }

    private static async Task<List<Offer>> Offers(Project project, Diagnostic report)
    {
        var offers = new List<Offer>();
        Document document = project.GetDocument(report.Location.SourceTree)!;
        foreach (CodeFixProvider provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(report.Id)))
        {
            await provider.RegisterCodeFixesAsync(
                new CodeFixContext(document, report, (action, _) => offers.Add(new Offer(provider, action)), default));
        }

        return offers;
    }

    private static async Task<ImmutableArray<Diagnostic>> Reports(string id, Project project)
    {
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync())!;
        return [.. (await Analysis.Run(compilation))
            .Where(report => report.Id == id)
            .OrderBy(static report => report.Location.SourceSpan.Start)];
    }

    private static async Task<string> Apply(CodeAction action, Project project)
    {
        ApplyChangesOperation change = Assert.Single((await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>());
        var files = new List<string>();
        foreach (DocumentId document in project.DocumentIds)
        {
            files.Add((await change.ChangedSolution.GetDocument(document)!.GetTextAsync()).ToString());
        }

        return string.Join(NextFile, files);
    }

    private static async Task<Diagnostic[]> AssertCompiles(string corrected, string id)
    {
        string[] files = corrected.Split(NextFile);
        Assert.True(!Analysis.CompilerErrors(files).Any(), $"{string.Join('\n', Analysis.CompilerErrors(files))}\n{corrected}");
        return [.. (await Analysis.Run(files)).Where(report => report.Id == id)];
    }

    private sealed record Offer(CodeFixProvider Provider, CodeAction Action);

    private sealed class KnownReports(ImmutableArray<Diagnostic> reports) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
            Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return reports.Where(report => report.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(reports);
    }
}
