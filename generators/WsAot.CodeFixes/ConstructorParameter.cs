using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace WsAot.CodeFixes;

/// <summary>Adds a parameter to the handler's constructor, or gives the handler a primary constructor if it has none.</summary>
internal static class ConstructorParameter
{
    /// <param name="handler">The part of the class that is in the changed file.</param>
    /// <returns>Null if there are several constructors, or the constructor is in another file.</returns>
    public static Action<SyntaxEditor>? Adding(FixContext context, TypeDeclarationSyntax handler, SyntaxNode type, string name)
    {
        if (context.Model.GetDeclaredSymbol(handler, context.CancellationToken) is not { } symbol) return null;
        IMethodSymbol[] written = [.. symbol.InstanceConstructors.Where(static constructor => !constructor.IsImplicitlyDeclared)];
        if (written.Length > 1)
        {
            written = [.. written.Where(static constructor => constructor.DeclaredAccessibility == Accessibility.Public)];
        }

        ParameterSyntax parameter =
            SyntaxFactory.Parameter(CSharpIdentifier.Escaped(name)).WithType(((TypeSyntax)type).WithTrailingTrivia(SyntaxFactory.Space));
        if (symbol.InstanceConstructors.All(static constructor => constructor.IsImplicitlyDeclared))
        {
            return editor => editor.ReplaceNode(handler, (current, _) => WithPrimaryConstructor((TypeDeclarationSyntax)current, parameter));
        }

        if (written.Length != 1
            || ListOf(written[0].DeclaringSyntaxReferences[0].GetSyntax(context.CancellationToken)) is not { } list
            || list.SyntaxTree != handler.SyntaxTree)
        {
            return null;
        }

        return editor => editor.ReplaceNode(list, (current, _) => With((ParameterListSyntax)current, parameter));
    }

    private static ParameterListSyntax? ListOf(SyntaxNode constructor) => constructor switch
    {
        TypeDeclarationSyntax primary => primary.ParameterList,
        ConstructorDeclarationSyntax ordinary => ordinary.ParameterList,
        _ => null,
    };

    private static ParameterListSyntax With(ParameterListSyntax list, ParameterSyntax parameter)
    {
        // Optional parameters stay last.
        int index = list.Parameters.IndexOf(static other => other.Default is not null || other.Modifiers.Any(SyntaxKind.ParamsKeyword));
        return list.WithParameters(list.Parameters.Insert(index < 0 ? list.Parameters.Count : index, parameter));
    }

    private static TypeDeclarationSyntax WithPrimaryConstructor(TypeDeclarationSyntax type, ParameterSyntax parameter)
    {
        // Another correction of the same "fix all" may have added the parameter list.
        if (type.ParameterList is { } list) return type.WithParameterList(With(list, parameter));
        SyntaxToken before = type.TypeParameterList?.GreaterThanToken ?? type.Identifier;
        ParameterListSyntax made =
            SyntaxFactory.ParameterList(SyntaxFactory.SingletonSeparatedList(parameter)).WithTrailingTrivia(before.TrailingTrivia);
        return type.ReplaceToken(before, before.WithTrailingTrivia()).WithParameterList(made);
    }
}
