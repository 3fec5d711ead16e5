using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.Architecture.Tests.Folders;

/// <summary>
/// Finds what the folders of a project use of each other. The compiler tells what each name means, so a use counts although nothing names
/// its folder: <c>connection.Session</c> uses the folder in which <c>Session</c> is declared.
/// </summary>
internal static class FolderUses
{
    // What the SDK adds to a project with implicit usings.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly SymbolDisplayFormat s_format = SymbolDisplayFormat.CSharpShortErrorMessageFormat;

    // Several tests ask for the same.
    private static readonly ConcurrentDictionary<ProjectFolders, List<FolderUse>> s_found = new();

    /// <summary>All uses between the folders, by file and line. Public types and members are everybody's words and do not count.</summary>
    public static List<FolderUse> Find(ProjectFolders project) =>
        s_found.GetOrAdd(project, static project => Find(project, project.Sources));

    public static List<FolderUse> Find(ProjectFolders project, IReadOnlyCollection<SourceFile> files)
    {
        CSharpCompilation compilation = Compile(project, files);
        var uses = new List<FolderUse>();
        foreach (SourceFile file in files)
        {
            SemanticModel model = compilation.GetSemanticModel(file.Tree);
            foreach (SyntaxNode node in file.Root.DescendantNodes())
            {
                if (UsedSymbol(model, node) is not { } symbol || FolderOf(project, symbol, file.Path) is not { } to) continue;
                string from = FolderOf(project, file.Path);
                if (to == from || (IsPublic(symbol) && !project.Find(to).IsNamedByNobody)) continue;
                uses.Add(new FolderUse(from, to, $"{file.Path}:{file.LineOf(node.SpanStart)}", symbol.ToDisplayString(s_format)));
            }
        }

        return [.. uses.Distinct()];
    }

    private static CSharpCompilation Compile(ProjectFolders project, IReadOnlyCollection<SourceFile> files)
    {
        // A generator sees nothing of ours, whatever lies beside these tests.
        string[] unseen = project.Path.StartsWith("src/", StringComparison.Ordinal) ? [] : ["WsAot", "WsAot.Protocol", "WsAot.Transport"];
        return CSharpCompilation.Create(
            project.Name,
            [
                .. files.Select(static file => file.Tree),
                .. Generated(project),
                CSharpSyntaxTree.ParseText(ImplicitUsings, new CSharpParseOptions(LanguageVersion.Preview)),
            ],
            References.Of(project.Name, unseen),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    /// <summary>What our own generator adds to the library, whose dashboard has a route.</summary>
    private static IEnumerable<SyntaxTree> Generated(ProjectFolders project)
    {
        if (project.Path != "src/WsAot") yield break;
        const string Table = "namespace WsAot; internal static class WsRoutes { public static WsRouteTable Table => null!; }";
        yield return CSharpSyntaxTree.ParseText(Table, new CSharpParseOptions(LanguageVersion.Preview), "src/WsAot/WsRoutes.g.cs");
    }

    /// <summary>The type or member that a piece of syntax means, where it means one.</summary>
    private static ISymbol? UsedSymbol(SemanticModel model, SyntaxNode node)
    {
        if (node is not (SimpleNameSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax
            or ConstructorInitializerSyntax
            or PrimaryConstructorBaseTypeSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or CastExpressionSyntax))
        {
            return null;
        }

        SymbolInfo info = model.GetSymbolInfo(node);
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        // What the compiler does not know would be a use that nobody sees.
        if (symbol is null && node is SimpleNameSyntax { Identifier.Text: not ("_" or "nameof" or "notnull" or "unmanaged") })
        {
            throw new InvalidOperationException($"{node.GetLocation().GetLineSpan()}: '{node}' means nothing to the compiler.");
        }

        // The elements of a tuple are named where it is written, and belong to nobody.
        return symbol is INamedTypeSymbol or IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol
            && symbol is not INamedTypeSymbol { IsTupleType: true }
            && symbol.ContainingType is not ({ IsTupleType: true } or { IsAnonymousType: true })
            ? ((symbol as IMethodSymbol)?.ReducedFrom ?? symbol).OriginalDefinition
            : null;
    }

    /// <summary>
    /// The folder that declares a symbol; null where it is not declared in the project, or a part of it in the same file.
    /// </summary>
    private static string? FolderOf(ProjectFolders project, ISymbol symbol, string user)
    {
        string[] files =
            [.. symbol.Locations.Where(static location => location.IsInSource).Select(static location => location.SourceTree!.FilePath)];
        return files.Length == 0 || files.Any(file => FolderOf(project, file) == FolderOf(project, user))
            ? null
            : FolderOf(project, files[0]);
    }

    public static string FolderOf(ProjectFolders project, string file)
    {
        string[] parts = file[(project.Path.Length + 1)..].Split('/');
        return parts.Length == 1 ? Folder.Root : parts[0];
    }

    /// <summary>Whether other assemblies can name it.</summary>
    private static bool IsPublic(ISymbol symbol)
    {
        for (ISymbol? current = symbol; current is not (null or INamespaceSymbol); current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }
}
