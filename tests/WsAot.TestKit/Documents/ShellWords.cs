using System.Text.RegularExpressions;

namespace WsAot.TestKit.Documents;

/// <summary>The words of a command, as a shell splits it. It knows quotes and nothing else.</summary>
public static partial class ShellWords
{
    public static string[] Of(string command) =>
    [
        .. Word().Matches(command).Select(static word => string.Concat(Part().Matches(word.Value).Select(Unquote))),
    ];

    /// <summary>The arguments that a command of <c>dotnet run</c> gives to the program: the words after <c>--</c>.</summary>
    public static string[] ArgumentsOf(string command)
    {
        string[] words = Of(command);
        return words[(Array.IndexOf(words, "--") + 1)..];
    }

    private static string Unquote(Match part) => part.Value[0] is '\'' or '"' ? part.Value[1..^1] : part.Value;

    [GeneratedRegex("""(?:'[^']*'|"[^"]*"|[^\s'"])+""")]
    private static partial Regex Word();

    [GeneratedRegex("""'[^']*'|"[^"]*"|[^\s'"]+""")]
    private static partial Regex Part();
}
