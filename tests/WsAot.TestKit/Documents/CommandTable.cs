namespace WsAot.TestKit.Documents;

/// <summary>
/// commands.txt: each command of the pages, and below it, indented, the tests that run it (<c>test Class.Method</c>) or the reason why none
/// does (<c>not run: ...</c>).
/// </summary>
public static class CommandTable
{
    public const string Path = "tests/WsAot.Architecture.Tests/Documents/commands.txt";

    private const string Indent = "    ";
    private const string Test = "test ";

    /// <summary>The lines below each command.</summary>
    public static IReadOnlyDictionary<string, string[]> Entries { get; } =
        Read(File.ReadAllLines(System.IO.Path.Combine(SourceTree.Root, Path)));

    /// <summary>The tests that the table names, as <c>Class.Method</c>.</summary>
    public static IEnumerable<string> Tests =>
        Entries.Values.SelectMany(static lines => lines).Where(IsTest).Select(NameOf).Distinct();

    /// <summary>The commands that the table gives to a test, in the order of the pages. The test takes them from here.</summary>
    /// <exception cref="InvalidOperationException">There are none, so the test would test nothing.</exception>
    public static PageCommand[] RunBy(string test)
    {
        PageCommand[] commands = [.. PageCommands.All.Where(command =>
            Entries.TryGetValue(command.Text, out string[]? lines) && lines.Contains(Test + test))];
        return commands.Length > 0 ? commands : throw new InvalidOperationException($"{Path} gives no command to {test}.");
    }

    /// <summary>Whether a line below a command names a test.</summary>
    public static bool IsTest(string line) => line.StartsWith(Test, StringComparison.Ordinal);

    private static string NameOf(string line) => line[Test.Length..];

    private static Dictionary<string, string[]> Read(string[] lines)
    {
        Dictionary<string, string[]> entries = [];
        string command = "";
        foreach (string line in lines.Where(static line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith(Indent, StringComparison.Ordinal))
            {
                entries[command] = [.. entries[command], line.Trim()];
            }
            else
            {
                command = line;
                entries.Add(command, []);
            }
        }

        return entries;
    }
}
