using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace WsAot.CodeFixes;

/// <summary>Removes <c>abstract</c> or <c>static</c> from a handler; adds <c>static</c> to an event method, or removes it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ModifierFix : HandlerFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticIds.AbstractHandler, DiagnosticIds.StaticHandler, DiagnosticIds.StaticOrInstance];

    private protected override IEnumerable<Correction> Propose(FixContext context)
    {
        string name = context.Symbol?.Name ?? "";
        return (context.Diagnostic.Id, context.Node) switch
        {
            (DiagnosticIds.AbstractHandler, TypeDeclarationSyntax handler) =>
                Removing(handler, SyntaxKind.AbstractKeyword, $"Remove abstract from '{name}'"),
            (DiagnosticIds.StaticHandler, TypeDeclarationSyntax handler) =>
                Removing(handler, SyntaxKind.StaticKeyword, $"Remove static from '{name}'"),
            (DiagnosticIds.StaticOrInstance, MethodDeclarationSyntax method) when context.Symbol is { IsStatic: true } =>
                Removing(method, SyntaxKind.StaticKeyword, $"Make '{name}' an instance method"),
            (DiagnosticIds.StaticOrInstance, MethodDeclarationSyntax method) =>
                [MakingStatic(method, name, context)],
            _ => [],
        };
    }

    // In a partial class, another part may have the modifier.
    private static IEnumerable<Correction> Removing(MemberDeclarationSyntax member, SyntaxKind modifier, string title) =>
        member.Modifiers.Any(modifier)
            ? [new Correction(title, editor => editor.ReplaceNode(member, (current, _) => WithoutModifier(current, modifier)))]
            : [];

    private static MemberDeclarationSyntax WithoutModifier(SyntaxNode member, SyntaxKind modifier) =>
        ((MemberDeclarationSyntax)member).Without(modifier);

    private static Correction MakingStatic(MethodDeclarationSyntax method, string name, FixContext context) => new(
        $"Make '{name}' static",
        editor => editor.SetModifiers(method, context.Generator.GetModifiers(method).WithIsStatic(true)));
}
