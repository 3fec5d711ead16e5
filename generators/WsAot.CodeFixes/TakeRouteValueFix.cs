using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.CodeFixes;

/// <summary>Adds a constructor parameter for an unused route value.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TakeRouteValueFix : HandlerFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.UnusedRouteParameter];

    private protected override IEnumerable<Correction> Propose(FixContext context)
    {
        if (context.Diagnostic.Properties.GetValueOrDefault("Name") is not { } name
            || context.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } handler)
        {
            return [];
        }

        SyntaxNode text = SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.StringKeyword));
        return ConstructorParameter.Adding(context, handler, text, name) is { } adding
            ? [new Correction($"Take '{name}' in the constructor", adding)]
            : [];
    }
}
