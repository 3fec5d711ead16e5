using System.Text.RegularExpressions;
using WsAot.TestKit.Documents;

namespace WsAot.Architecture.Tests.Documents;

/// <summary>Every command of the pages is run by a test, or commands.txt says why it cannot be.</summary>
public sealed partial class CommandTests
{
    [Fact]
    public void Every_command_of_the_pages_is_run_by_a_test_or_says_why_not()
    {
        PageCommand[] missing = [.. PageCommands.All.Where(static command => !CommandTable.Entries.ContainsKey(command.Text))];
        Assert.True(
            missing.Length == 0,
            $"No test runs these commands. Add each to {CommandTable.Path}, with the test that runs it, or with the reason why none can:\n"
            + string.Join('\n', missing.Select(static command => command.ToString())));
    }

    [Fact]
    public void The_table_has_only_commands_that_a_page_has() =>
        Assert.Empty(CommandTable.Entries.Keys.Except(PageCommands.All.Select(static command => command.Text)));

    [Fact]
    public void Every_command_of_the_table_has_a_test_or_a_reason() =>
        Assert.All(CommandTable.Entries, static entry => Assert.True(
            entry.Value.Length > 0 && entry.Value.All(static line => CommandTable.IsTest(line) || Reason().IsMatch(line)),
            $"{entry.Key}: write 'test Class.Method' or 'not run: a reason' below it, with four spaces before."));

    [Fact]
    public void Every_test_of_the_table_exists()
    {
        SourceFile[] sources = Repository.Sources("tests");
        string[] missing = [.. CommandTable.Tests.Where(test => !sources.Any(source => Declares(source.Text, test)))];
        Assert.Empty(missing);
    }

    [Fact]
    public void Commands_are_read_in_one_line_without_their_comments()
    {
        const string Page = """
            # Page

            ```sh
            # Why
            one --a 'b # c'    # a comment
            two \
                --three   # another

            four && five
            ```

            ```json
            {}
            ```
            """;
        Assert.Equal(
            ["page.md:5: one --a 'b # c'", "page.md:6: two --three", "page.md:9: four && five"],
            PageCommands.Read("page.md", Page.ReplaceLineEndings("\n")).Select(static command => command.ToString()));
    }

    private static bool Declares(string source, string test)
    {
        string[] names = test.Split('.');
        return names.Length == 2
            && source.Contains($" class {names[0]}", StringComparison.Ordinal)
            && Regex.IsMatch(source, $@"\b{Regex.Escape(names[1])}\(");
    }

    [GeneratedRegex("^not run: .{10,}")]
    private static partial Regex Reason();
}
