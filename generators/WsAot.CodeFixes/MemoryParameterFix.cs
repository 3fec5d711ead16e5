using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace WsAot.CodeFixes;

/// <summary>
/// Changes the payload parameter to memory, which outlives an await. If the method needs a span, its uses become <c>payload.Span</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MemoryParameterFix : HandlerFix
{
    private const string Title = "Take ReadOnlyMemory<byte>";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.SpanInAsynchronousMethod];

    private protected override IEnumerable<Correction> Propose(FixContext context)
    {
        if (context.Node is not ParameterSyntax { Type: { } spanType } parameter || context.Symbol is not IParameterSymbol symbol)
        {
            yield break;
        }

        SyntaxNode memoryType = context.Generator.TypeExpression(
            context.FindType("System.ReadOnlyMemory`1").Construct(context.Model.Compilation.GetSpecialType(SpecialType.System_Byte)));
        yield return new Correction(Title, TakeMemory);
        yield return new Correction(Title, editor =>
        {
            TakeMemory(editor);
            foreach (IdentifierNameSyntax use in Uses(context, parameter, symbol))
            {
                editor.ReplaceNode(use, SpanOf(use).WithTriviaFrom(use));
            }
        });

        void TakeMemory(SyntaxEditor editor) => editor.ReplaceNode(spanType, memoryType.WithTriviaFrom(spanType));
    }

    private static IEnumerable<IdentifierNameSyntax> Uses(FixContext context, ParameterSyntax parameter, IParameterSymbol symbol) =>
        parameter.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => SymbolEqualityComparer.Default.Equals(SymbolOf(name, context), symbol))
        ?? [];

    private static ISymbol? SymbolOf(IdentifierNameSyntax name, FixContext context) =>
        context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol;

    private static MemberAccessExpressionSyntax SpanOf(IdentifierNameSyntax memory) => SyntaxFactory.MemberAccessExpression(
        SyntaxKind.SimpleMemberAccessExpression, memory.WithoutTrivia(), SyntaxFactory.IdentifierName("Span"));
}
