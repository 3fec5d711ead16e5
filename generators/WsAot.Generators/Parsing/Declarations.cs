using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>
/// A compilation with an equality that ignores method bodies: handlers are not parsed again while the user edits a body. The first of
/// several equal compilations stays alive meanwhile, with the symbols that were used; no model holds a symbol.
/// </summary>
internal sealed class Declarations(Compilation compilation) : IEquatable<Declarations>
{
    private readonly CSharpCompilation _compilation = (CSharpCompilation)compilation;

    public AssemblyModel Assembly => AssemblyModel.Of(_compilation.Assembly.Identity.Name, _compilation.Assembly.Identity.Version);

    /// <param name="handler">The metadata name of a class marked <c>[WsRoute]</c>.</param>
    /// <returns>One result for each of its routes that has no error.</returns>
    public EquatableArray<ParsedHandler> Parse(string handler, CancellationToken cancellationToken)
    {
        if (_compilation.Assembly.GetTypeByMetadataName(handler) is not { } type) return default;
        var routes = new List<ParsedHandler>();
        foreach (AttributeData attribute in HandlerParser.FindAttributes(type))
        {
            HandlerParseResult result = HandlerParser.Parse(type, attribute, _compilation, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (result.Model is not { } model) continue;
            routes.Add(new(model, DescriptionParser.Parse(model, type, attribute, result.Context, _compilation)));
        }

        return new(routes);
    }

    /// <param name="client">The metadata name of an interface marked <c>[JsonRpcClient]</c>.</param>
    /// <returns>Null if it has an error, or names no JSON context of its own.</returns>
    public JsonRpcModel? ParseClient(string client)
    {
        if (_compilation.Assembly.GetTypeByMetadataName(client) is not { } type || JsonRpcClients.FindAttribute(type) is not { } attribute)
        {
            return null;
        }

        ClientParseResult result = ClientParser.Parse(type, attribute, _compilation);
        return result is { Model: { } model, Context: { } context }
            ? new(TypeNames.InCode(context), new([]), new([model]))
            : null;
    }

    /// <param name="topic">The metadata name of an interface marked <c>[WsTopic]</c>.</param>
    /// <returns>Null if it has an error.</returns>
    public TopicModel? ParseTopic(string topic) =>
        _compilation.Assembly.GetTypeByMetadataName(topic) is { } type && JsonRpcClients.FindAttribute(type) is { } attribute
            && ClientParseCache.Get(type, attribute, _compilation) is { Model: not null } client
            ? client.Topic
            : null;

    /// <param name="rootNamespace">The property <c>RootNamespace</c> of the project.</param>
    public TablePlace PlaceOf(string rootNamespace) => TablePlaceParser.Parse(rootNamespace, _compilation);

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

    // Comments are kept, because documentation comments are part of the description.
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

    // Directives such as #if and #nullable in a body affect the code after it.
    private static bool IsBody(SyntaxNode node) => node is (BlockSyntax or ArrowExpressionClauseSyntax) && !node.ContainsDirectives;
}
