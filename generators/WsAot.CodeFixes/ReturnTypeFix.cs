using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.CodeFixes;

/// <summary>Gives an event method each of the return types that it may have and that its body bears.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReturnTypeFix : HandlerFix
{
    private const string Task = "System.Threading.Tasks.Task";
    private const string ValueTask = "System.Threading.Tasks.ValueTask";
    private const string WsUpgrade = "WsAot.WsUpgrade";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.WrongReturnType, RuleIds.AsyncVoid];

    private protected override IEnumerable<Correction> Propose(Mistake mistake)
    {
        if (mistake.Node is not MethodDeclarationSyntax method || mistake.Symbol is not IMethodSymbol symbol)
            return [];
        IEnumerable<SyntaxNode> types = symbol.IsStatic ? UpgradeTypes(mistake) : EventTypes(mistake, symbol);
        return types.Select(type => new Correction(
            $"Return {Shown(type)}",
            editor => editor.ReplaceNode(method.ReturnType, type.WithTriviaFrom(method.ReturnType))));
    }

    private static IEnumerable<SyntaxNode> EventTypes(Mistake mistake, IMethodSymbol method)
    {
        // A task that is dropped would be lost with its exceptions.
        if (!method.IsAsync && method.ReturnType.Name is not ("Task" or "ValueTask"))
            yield return SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword));
        yield return mistake.Type(Task);
        yield return mistake.Type(ValueTask);
    }

    private static IEnumerable<SyntaxNode> UpgradeTypes(Mistake mistake)
    {
        INamedTypeSymbol answer = mistake.FindType(WsUpgrade);
        yield return mistake.Generator.TypeExpression(answer);
        yield return mistake.Generator.TypeExpression(mistake.FindType(Task + "`1").Construct(answer));
        yield return mistake.Generator.TypeExpression(mistake.FindType(ValueTask + "`1").Construct(answer));
    }

    private static string Shown(SyntaxNode type) =>
        string.Concat(type.DescendantTokens().Select(static token => token.Text)).Replace("global::", "").Replace("System.Threading.Tasks.", "").Replace("WsAot.", "");
}
