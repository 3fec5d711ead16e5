using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.CodeFixes;

/// <summary>Offers each allowed return type of an event method with which its body compiles.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReturnTypeFix : HandlerFix
{
    private const string Task = "System.Threading.Tasks.Task";
    private const string ValueTask = "System.Threading.Tasks.ValueTask";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.InvalidReturnType, DiagnosticIds.AsyncVoid];

    private protected override IEnumerable<Correction> Propose(FixContext context)
    {
        if (context.Node is not MethodDeclarationSyntax method || context.Symbol is not IMethodSymbol symbol) return [];
        IEnumerable<ITypeSymbol> types = IsUpgrade(symbol) ? UpgradeTypes(context) : EventTypes(context, symbol);
        return types.Select(type => new Correction(
            $"Return {type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}",
            editor => editor.ReplaceNode(method.ReturnType, context.Generator.TypeExpression(type).WithTriviaFrom(method.ReturnType))));
    }

    private static bool IsUpgrade(IMethodSymbol method) =>
        method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "OnUpgradeAttribute");

    private static IEnumerable<ITypeSymbol> EventTypes(FixContext context, IMethodSymbol method)
    {
        // A task must stay a task: if it were dropped, its exceptions would be lost.
        if (!method.IsAsync && method.ReturnType.Name is not ("Task" or "ValueTask"))
        {
            yield return context.Model.Compilation.GetSpecialType(SpecialType.System_Void);
        }

        yield return context.FindType(Task);
        yield return context.FindType(ValueTask);
    }

    private static IEnumerable<ITypeSymbol> UpgradeTypes(FixContext context)
    {
        INamedTypeSymbol answer = context.FindType("WsAot.WsUpgrade");
        yield return answer;
        yield return context.FindType(Task + "`1").Construct(answer);
        yield return context.FindType(ValueTask + "`1").Construct(answer);
    }
}
