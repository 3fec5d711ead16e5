using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace WsAot.CodeFixes;

/// <summary>The part of a JsonSerializerContext that has the [JsonSerializable] attributes.</summary>
internal sealed class JsonContextPart
{
    private const string Attribute = "System.Text.Json.Serialization.JsonSerializable";

    private readonly Document _document;
    private readonly TypeDeclarationSyntax _declaration;

    private JsonContextPart(Document document, TypeDeclarationSyntax declaration) => (_document, _declaration) = (document, declaration);

    public string Name => _declaration.Identifier.ValueText;

    /// <summary>The metadata name of the context that the diagnostic is about.</summary>
    public static string ContextOf(Diagnostic diagnostic) => diagnostic.Properties["Context"]!;

    /// <returns>Null where the context is not in the project.</returns>
    public static async Task<JsonContextPart?> FindAsync(Project project, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        Compilation? compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        foreach (SyntaxReference part in compilation?.GetTypeByMetadataName(ContextOf(diagnostic))?.DeclaringSyntaxReferences ?? [])
        {
            if (project.GetDocument(part.SyntaxTree) is { } document
                && await part.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is TypeDeclarationSyntax declaration
                && declaration.AttributeLists
                    .SelectMany(static list => list.Attributes)
                    .Any(static attribute => attribute.Name.ToString().Contains("JsonSerializable")))
            {
                return new JsonContextPart(document, declaration);
            }
        }

        return null;
    }

    /// <summary>Adds an attribute for each missing type, formatted like the attributes that are already there.</summary>
    /// <param name="missed">The parts, each with the diagnostics about its context. Parts of one file may be nested.</param>
    public static Solution Add(Solution solution, IEnumerable<(JsonContextPart Part, IEnumerable<Diagnostic> Diagnostics)> missed)
    {
        foreach (var ofFile in missed.GroupBy(static one => one.Part._document.Id))
        {
            var added = ofFile.ToDictionary(static one => one.Part._declaration, static one => one.Part.Attributes(one.Diagnostics));
            SyntaxNode root = added.Keys.First().SyntaxTree.GetRoot()
                .ReplaceNodes(added.Keys, (declaration, current) => current.AddAttributeLists(added[declaration]));
            solution = solution.WithDocumentSyntaxRoot(ofFile.Key, root);
        }

        return solution;
    }

    private AttributeListSyntax[] Attributes(IEnumerable<Diagnostic> diagnostics)
    {
        AttributeListSyntax last = _declaration.AttributeLists.Last();
        SyntaxTrivia indentation = last.GetLeadingTrivia().LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        return
        [
            .. diagnostics
                .Select(static diagnostic => diagnostic.Properties["Type"]!)
                .Distinct()
                .OrderBy(static type => type, StringComparer.Ordinal)
                .Select(static type => SyntaxFactory
                    .ParseCompilationUnit($"[global::{Attribute}(typeof({type}))]class C;")
                    .Members[0].AttributeLists[0])
                .Select(list => list
                    .WithLeadingTrivia(indentation)
                    .WithTrailingTrivia(last.GetTrailingTrivia())
                    .WithAdditionalAnnotations(Simplifier.Annotation)),
        ];
    }
}
