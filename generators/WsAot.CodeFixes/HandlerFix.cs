using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace WsAot.CodeFixes;

/// <summary>Offers those of the proposed corrections that add no compiler error to the file.</summary>
public abstract class HandlerFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(FixAllAsync);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            IReadOnlyList<Correction> corrections =
                await FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            foreach (Correction correction in corrections)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        correction.Title,
                        cancellationToken => ApplyAsync(context.Document, [correction], cancellationToken),
                        equivalenceKey: KeyOf(correction)),
                    diagnostic);
            }
        }
    }

    /// <summary>The possible corrections, best first. The base class drops those that would not compile.</summary>
    private protected abstract IEnumerable<Correction> Propose(FixContext context);

    /// <summary>The key that "fix all" groups by: the title without the names from user code.</summary>
    private static string KeyOf(Correction correction) =>
        string.Concat(correction.Title.Split('\'').Where(static (_, index) => index % 2 == 0));

    private async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var corrections = new List<Correction>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            IReadOnlyList<Correction> found = await FindAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            if (found.FirstOrDefault(correction => KeyOf(correction) == context.CodeActionEquivalenceKey) is { } wanted)
            {
                corrections.Add(wanted);
            }
        }

        return await ApplyAsync(document, corrections, context.CancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Correction>> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var found = new List<Correction>();
        if (await CreateContextAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is not { } context) return found;
        foreach (Correction correction in Propose(context))
        {
            if (found.Any(other => other.Title == correction.Title)) continue;
            Document corrected = await ApplyAsync(document, [correction], cancellationToken).ConfigureAwait(false);
            if (await CompilerErrors.AreNoneAddedAsync(context.Model, corrected, cancellationToken).ConfigureAwait(false))
            {
                found.Add(correction);
            }
        }

        return found;
    }

    private static async Task<FixContext?> CreateContextAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model) return null;
        SyntaxNode root = await model.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        // A member of a base class is reported at the handler, with its declaration as an additional location.
        Location location = diagnostic.AdditionalLocations.FirstOrDefault(other => other.SourceTree == model.SyntaxTree)
            ?? diagnostic.Location;
        SyntaxNode node = root.FindNode(location.SourceSpan, getInnermostNodeForTie: true);
        return new FixContext(diagnostic, node, model, SyntaxGenerator.GetGenerator(document), cancellationToken);
    }

    private static async Task<Document> ApplyAsync(
        Document document, IEnumerable<Correction> corrections, CancellationToken cancellationToken)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var editor = new SyntaxEditor(root, document.Project.Solution.Workspace.Services);
        foreach (Correction correction in corrections) correction.Apply(editor);
        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }
}
