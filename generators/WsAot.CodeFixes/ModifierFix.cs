using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace WsAot.CodeFixes;

/// <summary>Takes <c>abstract</c> or <c>static</c> away from a handler, and <c>static</c> away from an event method or gives it to it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ModifierFix : HandlerFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [RuleIds.AbstractHandler, RuleIds.StaticHandler, RuleIds.StaticOrInstance];

    private protected override IEnumerable<Correction> Propose(Mistake mistake)
    {
        string name = mistake.Symbol?.Name ?? "";
        return (mistake.Diagnostic.Id, mistake.Node) switch
        {
            (RuleIds.AbstractHandler, TypeDeclarationSyntax handler) => Removing(handler, SyntaxKind.AbstractKeyword, $"Remove abstract from '{name}'"),
            (RuleIds.StaticHandler, TypeDeclarationSyntax handler) => Removing(handler, SyntaxKind.StaticKeyword, $"Remove static from '{name}'"),
            (RuleIds.StaticOrInstance, MethodDeclarationSyntax method) when mistake.Symbol is { IsStatic: true } =>
                Removing(method, SyntaxKind.StaticKeyword, $"Make '{name}' an instance method"),
            (RuleIds.StaticOrInstance, MethodDeclarationSyntax method) =>
                [new Correction($"Make '{name}' static", editor => editor.SetModifiers(method, mistake.Generator.GetModifiers(method).WithIsStatic(true)))],
            _ => [],
        };
    }

    // Of a class in parts, another may have the modifier.
    private static IEnumerable<Correction> Removing(MemberDeclarationSyntax member, SyntaxKind modifier, string title) =>
        member.Modifiers.Any(modifier)
            ? [new Correction(title, editor => editor.ReplaceNode(member, (current, _) => ((MemberDeclarationSyntax)current).Without(modifier)))]
            : [];
}
