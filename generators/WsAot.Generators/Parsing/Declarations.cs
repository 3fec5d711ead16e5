using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>
/// A compilation as the parsers see it: one that differs in nothing but the bodies of methods is equal to it, so that no handler is parsed
/// again while a body is written. The first of them stays alive meanwhile, with the symbols that were looked at; no model holds any.
/// </summary>
internal sealed class Declarations(Compilation compilation) : IEquatable<Declarations>
{
    private readonly CSharpCompilation _compilation = (CSharpCompilation)compilation;

    public AssemblyModel Assembly => AssemblyModel.Of(_compilation.Assembly.Identity.Name, _compilation.Assembly.Identity.Version);

    /// <param name="handler">The metadata name of a class marked <c>[WsRoute]</c>.</param>
    /// <returns>Null where it has a mistake.</returns>
    public ParsedHandler? Parse(string handler, CancellationToken cancellationToken)
    {
        if (_compilation.Assembly.GetTypeByMetadataName(handler) is not { } type || HandlerParser.FindAttribute(type) is not { } attribute)
        {
            return null;
        }

        HandlerParseResult result = HandlerParser.Parse(type, attribute, _compilation, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return result.Model is { } model ? new(model, DescriptionParser.Parse(model, type, result.Context, _compilation)) : null;
    }

    public bool Equals(Declarations? other) =>
        other is not null
        && (ReferenceEquals(_compilation, other._compilation)
            || (_compilation.AssemblyName == other._compilation.AssemblyName
                && _compilation.Options.Equals(other._compilation.Options)
                && _compilation.References.SequenceEqual(other._compilation.References)
                && _compilation.SyntaxTrees.Length == other._compilation.SyntaxTrees.Length
                && _compilation.SyntaxTrees.Zip(other._compilation.SyntaxTrees, DeclareTheSame).All(static same => same)));

    public override bool Equals(object? obj) => Equals(obj as Declarations);

    public override int GetHashCode() => _compilation.SyntaxTrees.Length;

    private static bool DeclareTheSame(SyntaxTree one, SyntaxTree other) =>
        ReferenceEquals(one, other) || (one.Options.Equals(other.Options) && WithoutBodies(one) == WithoutBodies(other));

    // Comments are in it, because those before a declaration describe it.
    private static string WithoutBodies(SyntaxTree tree)
    {
        SourceText text = tree.GetText();
        var declarations = new StringBuilder(text.Length);
        int start = 0;
        foreach (SyntaxNode body in tree.GetRoot().DescendantNodes(static node => !IsBody(node)).Where(IsBody))
        {
            declarations.Append(text.ToString(TextSpan.FromBounds(start, body.SpanStart))).Append('\0');
            start = body.Span.End;
        }

        return declarations.Append(text.ToString(TextSpan.FromBounds(start, text.Length))).ToString();
    }

    // What #if, #nullable and the like say in a body holds beyond it.
    private static bool IsBody(SyntaxNode node) => node is (BlockSyntax or ArrowExpressionClauseSyntax) && !node.ContainsDirectives;
}
