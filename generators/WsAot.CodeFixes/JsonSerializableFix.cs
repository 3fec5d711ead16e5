using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace WsAot.CodeFixes;

/// <summary>Adds [JsonSerializable] for a type that the handler's JSON context is missing, or for all missing types at once.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class JsonSerializableFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.TypeNotInContext];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => All.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.Document.Project;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await JsonContextPart.FindAsync(project, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } part)
            {
                continue;
            }

            string title = $"Add [JsonSerializable] to '{part.Name}'";
            context.RegisterCodeFix(
                CodeAction.Create(
                    title,
                    _ => Task.FromResult(JsonContextPart.Add(project.Solution, [(part, [diagnostic])])),
                    equivalenceKey: nameof(JsonSerializableFix)),
                diagnostic);
        }
    }

    private sealed class All : FixAllProvider
    {
        public static All Instance { get; } = new();

        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() =>
            [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            Solution solution = context.Solution;
            foreach (Project project in context.Scope == FixAllScope.Solution ? solution.Projects : [context.Project])
            {
                solution = await AddAsync(context, project, solution).ConfigureAwait(false);
            }

            return CodeAction.Create(
                "Add [JsonSerializable] for all", _ => Task.FromResult(solution), equivalenceKey: nameof(JsonSerializableFix));
        }

        private static async Task<Solution> AddAsync(FixAllContext context, Project project, Solution solution)
        {
            ImmutableArray<Diagnostic> diagnostics = context is { Scope: FixAllScope.Document, Document: { } document }
                ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            var missed = new List<(JsonContextPart, IEnumerable<Diagnostic>)>();
            foreach (var ofContext in diagnostics.GroupBy(JsonContextPart.ContextOf))
            {
                JsonContextPart? part =
                    await JsonContextPart.FindAsync(project, ofContext.First(), context.CancellationToken).ConfigureAwait(false);
                if (part is not null) missed.Add((part, ofContext));
            }

            return JsonContextPart.Add(solution, missed);
        }
    }
}
