using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.Architecture.Tests.Tidy;

/// <summary>
/// The name of a test is a sentence of several words: <c>A_late_pong_ends_the_connection</c>. Names of the code keep their capitals in it.
/// </summary>
internal static class TestNames
{
    public static IEnumerable<(int Line, string Message)> Check(SourceFile file) =>
        from method in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where IsTest(method) && !IsSentence(method.Identifier.Text)
        select (file.LineOf(method.Identifier.SpanStart), $"{method.Identifier.Text} is no sentence of words with '_' between them");

    public static bool IsSentence(string name)
    {
        string[] words = name.Split('_');
        int capitals = words.Skip(1).Count(static word => word.Length > 0 && char.IsUpper(word[0]));
        return words.Length > 1 && words.All(static word => word.Length > 0) && !char.IsLower(name[0]) && capitals <= words.Length / 2;
    }

    private static bool IsTest(MethodDeclarationSyntax method) =>
        method.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute => attribute.Name.ToString() is "Fact"
            or "Theory");
}
