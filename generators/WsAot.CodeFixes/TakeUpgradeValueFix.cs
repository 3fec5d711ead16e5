using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.CodeFixes;

/// <summary>Adds a constructor parameter for the value that [OnUpgrade] passes on.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TakeUpgradeValueFix : HandlerFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.InvalidReturnType];

    private protected override IEnumerable<Correction> Propose(FixContext context)
    {
        if (context.Node is not MethodDeclarationSyntax { Parent: TypeDeclarationSyntax handler }
            || context.Symbol is not IMethodSymbol method
            || UpgradeValueType(method.ReturnType) is not { Name: { Length: > 0 } typeName } type)
        {
            return [];
        }

        SyntaxNode written = context.Generator.TypeExpression(type);
        string name = char.ToLowerInvariant(typeName[0]) + typeName.Substring(1);
        return ConstructorParameter.Adding(context, handler, written, name) is { } adding
            ? [new Correction($"Take the '{typeName}' in the constructor", adding)]
            : [];
    }

    private static ITypeSymbol? UpgradeValueType(ITypeSymbol returned) => returned switch
    {
        INamedTypeSymbol { Name: "WsUpgrade", TypeArguments.Length: 1 } upgrade => upgrade.TypeArguments[0],
        INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.Length: 1 } task => UpgradeValueType(task.TypeArguments[0]),
        _ => null,
    };
}
