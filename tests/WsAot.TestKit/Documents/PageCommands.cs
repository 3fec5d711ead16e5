using System.Text.RegularExpressions;

namespace WsAot.TestKit.Documents;

/// <summary>The commands that the pages show: each line of a block of shell, joined with the lines that continue it.</summary>
public static partial class PageCommands
{
    /// <summary>All of them, page by page, in the order of the page.</summary>
    public static IReadOnlyList<PageCommand> All { get; } = [.. Pages().SelectMany(static page => Read(page, TextOf(page)))];

    /// <summary>Reads the commands of a page.</summary>
    public static IEnumerable<PageCommand> Read(string page, string text)
    {
        foreach (Match block in ShellBlock().Matches(text))
        {
            int line = text[..block.Groups["code"].Index].Count(static c => c == '\n') + 1;
            string command = "";
            int begin = line;
            foreach (string part in block.Groups["code"].Value.Split('\n'))
            {
                if (command.Length == 0) begin = line;
                line++;
                string code = Comment().Replace(part, "").Trim();
                command = $"{command} {code.TrimEnd('\\')}".Trim();
                if (code.EndsWith('\\') || command.Length == 0) continue;
                yield return new PageCommand(page, begin, command);
                command = "";
            }
        }
    }

    private static IEnumerable<string> Pages() =>
        Directory.GetFiles(SourceTree.Root, "*.md")
            .Concat(Directory.GetFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Path.Combine(SourceTree.Root, "src"), "README.md", SearchOption.AllDirectories))
            .Select(static file => Path.GetRelativePath(SourceTree.Root, file).Replace('\\', '/'))
            .Where(static page => !page.Split('/').Any(static folder => folder is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static string TextOf(string page) => File.ReadAllText(Path.Combine(SourceTree.Root, page)).ReplaceLineEndings("\n");

    [GeneratedRegex("^ *```(sh|bash|shell|console|powershell|pwsh)\n(?<code>.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ShellBlock();

    // A quote after the sign may begin a word that has the sign in it.
    [GeneratedRegex("""^\s*#.*$|\s#[^'"]*$""")]
    private static partial Regex Comment();
}
