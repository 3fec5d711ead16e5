using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Parsing;

/// <summary>
/// Decides where <c>WsRoutes</c> is declared: in the root namespace of the project, because two projects that see each other's internals
/// must not have a class of the same full name.
/// </summary>
internal static class TablePlaceParser
{
    /// <param name="rootNamespace">The property <c>RootNamespace</c> of the project.</param>
    public static TablePlace Parse(string rootNamespace, CSharpCompilation compilation)
    {
        string[] parts = [.. rootNamespace.Split('.').Select(Identifier).Where(static part => part.Length > 0)];
        // The project "Chat" may have a class Chat outside of every namespace.
        for (int count = 1; count <= parts.Length; count++)
        {
            if (compilation.Assembly.GetTypeByMetadataName(string.Join(".", parts.Take(count))) is not null) return new("", false);
        }

        return new(
            string.Join(".", parts.Select(CSharpText.Identifier)),
            parts.Length > 0 && !IsNamedElsewhere(compilation),
            HidesAnother(parts, compilation));
    }

    // My.Server.Tests can use My.Server.WsRoutes by its short name, as long as it has no WsRoutes itself.
    private static bool HidesAnother(string[] parts, CSharpCompilation compilation) =>
        Enumerable.Range(1, Math.Max(0, parts.Length - 1))
            .SelectMany(count => compilation.GetTypesByMetadataName(string.Join(".", parts.Take(count)) + "." + TablePlace.ClassName))
            .Any(type => compilation.IsSymbolAccessibleWithin(type, compilation.Assembly));

    // As the SDK's templates make a namespace from the name of a project: "my-app" is my_app, "7zip" is _7zip.
    private static string Identifier(string part)
    {
        var identifier = new StringBuilder(part.Length);
        foreach (char c in part.Trim())
        {
            bool isPart = SyntaxFacts.IsIdentifierPartCharacter(c);
            if (identifier.Length == 0 && isPart && !SyntaxFacts.IsIdentifierStartCharacter(c)) identifier.Append('_');
            identifier.Append(isPart ? c : '_');
        }

        return identifier.ToString();
    }

    // The compiler refuses a second alias of a name, and any use of an alias that has the name of a type in the global namespace.
    private static bool IsNamedElsewhere(CSharpCompilation compilation) =>
        compilation.GlobalNamespace
            .GetTypeMembers(TablePlace.ClassName)
            .Any(type => compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))
        || compilation.SyntaxTrees
            .SelectMany(static tree => tree.GetCompilationUnitRoot().Usings)
            .Any(static directive => directive.Alias?.Name.Identifier.ValueText == TablePlace.ClassName);
}
