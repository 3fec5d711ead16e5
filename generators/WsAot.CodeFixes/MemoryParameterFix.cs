using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace WsAot.CodeFixes;

/// <summary>Takes a payload as memory, which outlives an await; where its bytes are read as a span, they are read as <c>payload.Span</c>.</summary>
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
                editor.ReplaceNode(use, SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, use.WithoutTrivia(), SyntaxFactory.IdentifierName("Span")).WithTriviaFrom(use));
            }
        });

        void TakeMemory(SyntaxEditor editor) => editor.ReplaceNode(spanType, memoryType.WithTriviaFrom(spanType));
    }

    private static IEnumerable<IdentifierNameSyntax> Uses(FixContext context, ParameterSyntax parameter, IParameterSymbol symbol) =>
        parameter.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol, symbol)) ?? [];
}
