using System.Text.RegularExpressions;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Proxies;

/// <summary>docs/how-to/proxies.md, whose configurations and tables the tests take as they stand there.</summary>
internal static partial class ProxiesPage
{
    private static readonly string s_text =
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "how-to", "proxies.md")).ReplaceLineEndings("\n");

    /// <summary>The options of the command that starts WsAot, without <c>--urls</c>.</summary>
    public static string[] ServerOptions
    {
        get
        {
            string[] words = Block("sh").Trim().Split(' ');
            Assert.Equal(["wsaot", "--urls", "ws://127.0.0.1:8080"], words[..3]);
            return words[3..];
        }
    }

    /// <summary>A block of code in this language: the first one, or another by its number from 0 on.</summary>
    public static string Block(string language, int number = 0)
    {
        Match block = CodeBlock().Matches(s_text).Where(block => block.Groups["language"].Value == language).ElementAt(number);
        return block.Groups["code"].Value;
    }

    /// <summary>The rows of the first table of a section, without its head; a cell that is all code has lost its quotes.</summary>
    public static IEnumerable<string[]> Rows(string section)
    {
        int start = s_text.IndexOf($"\n## {section}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page has no section '{section}'.");
        return s_text[start..].Split('\n')
            .SkipWhile(static line => !line.StartsWith('|'))
            .TakeWhile(static line => line.StartsWith('|'))
            .Skip(2)
            .Select(static line => line.Trim('|').Split(" | ").Select(static cell => cell.Trim().Trim('`')).ToArray());
    }

    [GeneratedRegex("```(?<language>\\w+)\n(?<code>[\\s\\S]*?)```")]
    private static partial Regex CodeBlock();
}
