using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WsAot.CodeFixes;

/// <summary>Compares the compiler diagnostics of a file before and after a change.</summary>
internal static class CompilerErrors
{
    /// <summary>Whether the change adds no error and no nullability warning.</summary>
    public static async Task<bool> AreNoneAddedAsync(SemanticModel before, Document after, CancellationToken cancellationToken)
    {
        SemanticModel? changed = await after.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (changed is null) return false;
        ImmutableArray<Diagnostic> known = before.GetDiagnostics(cancellationToken: cancellationToken);
        return changed.GetDiagnostics(cancellationToken: cancellationToken)
            .Where(Counts)
            .GroupBy(static diagnostic => diagnostic.Id)
            .All(same => same.Count() <= known.Count(diagnostic => diagnostic.Id == same.Key));
    }

    private static bool Counts(Diagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id.StartsWith("CS86", StringComparison.Ordinal);
}
