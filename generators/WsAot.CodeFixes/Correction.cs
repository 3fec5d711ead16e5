using Microsoft.CodeAnalysis.Editing;

namespace WsAot.CodeFixes;

/// <summary>A change to one file that a code fix may offer.</summary>
/// <param name="Title">
/// What the editor shows; it begins with a verb. If several have the same title, the first that compiles is offered.
/// </param>
/// <param name="Apply">
/// Makes the change. "Fix all" applies several to one editor, possibly to the same node: each starts from the result of the one before.
/// </param>
internal sealed record Correction(string Title, Action<SyntaxEditor> Apply);
