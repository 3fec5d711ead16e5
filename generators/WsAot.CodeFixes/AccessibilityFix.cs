using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace WsAot.CodeFixes;

/// <summary>Makes an event method, or a handler and the classes it is nested in, accessible to generated code.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AccessibilityFix : HandlerFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticIds.InaccessibleHandler, DiagnosticIds.UncallableMethod];

    private protected override IEnumerable<Correction> Propose(FixContext context)
    {
        if (context.Node is MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null, TypeParameterList: null } method)
        {
            foreach (Accessibility accessibility in new[] { Accessibility.Public, Accessibility.Internal })
            {
                yield return new Correction(
                    $"Make '{method.Identifier.ValueText}' {accessibility.ToString().ToLowerInvariant()}",
                    editor => editor.SetAccessibility(method, accessibility));
            }
        }

        if (context.Node is TypeDeclarationSyntax handler)
        {
            yield return new Correction(
                $"Make '{handler.Identifier.ValueText}' internal", editor => MakeAccessible(editor, handler, context));
        }
    }

    private static void MakeAccessible(SyntaxEditor editor, TypeDeclarationSyntax handler, FixContext context)
    {
        foreach (TypeDeclarationSyntax type in handler.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
        {
            if (type.Modifiers.Any(SyntaxKind.FileKeyword))
            {
                editor.ReplaceNode(type, static (current, _) => WithoutFile((TypeDeclarationSyntax)current));
            }
            else if (IsHidden(context.Model.GetDeclaredSymbol(type, context.CancellationToken)))
            {
                editor.SetAccessibility(type, Accessibility.Internal);
            }
        }
    }

    private static bool IsHidden(INamedTypeSymbol? type) =>
        type?.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal;

    private static TypeDeclarationSyntax WithoutFile(TypeDeclarationSyntax type)
    {
        SyntaxToken file = type.Modifiers.First(static modifier => modifier.IsKind(SyntaxKind.FileKeyword));
        return type.ReplaceToken(file, SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTriviaFrom(file));
    }
}
