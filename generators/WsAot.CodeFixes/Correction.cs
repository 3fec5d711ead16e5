using Microsoft.CodeAnalysis.Editing;

namespace WsAot.CodeFixes;

/// <summary>A change of one file that may be offered.</summary>
/// <param name="Title">What the editor shows, beginning with a verb. Of several with one title the first that compiles is offered.</param>
/// <param name="Apply">Makes the change. An editor may be given several, of one node even: each starts from what the one before left.</param>
internal sealed record Correction(string Title, Action<SyntaxEditor> Apply);
