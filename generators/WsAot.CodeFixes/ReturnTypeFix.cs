using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.CodeFixes;

/// <summary>Gives an event method each of the return types that it may have and that its body bears.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReturnTypeFix : HandlerFix
{
    private const string Task = "System.Threading.Tasks.Task";
    private const string ValueTask = "System.Threading.Tasks.ValueTask";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.WrongReturnType, RuleIds.AsyncVoid];

    private protected override IEnumerable<Correction> Propose(Mistake mistake)
    {
        if (mistake.Node is not MethodDeclarationSyntax method || mistake.Symbol is not IMethodSymbol symbol) return [];
        IEnumerable<ITypeSymbol> types = IsUpgrade(symbol) ? UpgradeTypes(mistake) : EventTypes(mistake, symbol);
        return types.Select(type => new Correction(
            $"Return {type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}",
            editor => editor.ReplaceNode(method.ReturnType, mistake.Generator.TypeExpression(type).WithTriviaFrom(method.ReturnType))));
    }

    private static bool IsUpgrade(IMethodSymbol method) =>
        method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "OnUpgradeAttribute");

    private static IEnumerable<ITypeSymbol> EventTypes(Mistake mistake, IMethodSymbol method)
    {
        // A task that is dropped would be lost with its exceptions.
        if (!method.IsAsync && method.ReturnType.Name is not ("Task" or "ValueTask"))
        {
            yield return mistake.Model.Compilation.GetSpecialType(SpecialType.System_Void);
        }

        yield return mistake.FindType(Task);
        yield return mistake.FindType(ValueTask);
    }

    private static IEnumerable<ITypeSymbol> UpgradeTypes(Mistake mistake)
    {
        INamedTypeSymbol answer = mistake.FindType("WsAot.WsUpgrade");
        yield return answer;
        yield return mistake.FindType(Task + "`1").Construct(answer);
        yield return mistake.FindType(ValueTask + "`1").Construct(answer);
    }
}
