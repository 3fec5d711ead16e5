using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Documents;

namespace WsAot.Native.Tests.Documents;

/// <summary>The commands of the pages work with the published file. The table of commands names those that are run here.</summary>
[Collection(PublishedFile.Name)]
public sealed class PageCommandTests(PublishedApp app)
{
    private const string InOrder = nameof(PageCommandTests) + "." + nameof(The_commands_of_a_page_work_one_after_the_other);
    private const string Alone = nameof(PageCommandTests) + "." + nameof(A_command_works_alone);

    public static TheoryData<string> Pages => [.. CommandTable.RunBy(InOrder).Select(static command => command.Page).Distinct()];

    public static TheoryData<string> Commands => [.. CommandTable.RunBy(Alone).Select(static command => command.Text).Distinct()];

    [RequiresTheory(Tool.OpenSsl | Tool.Curl)]
    [MemberData(nameof(Pages))]
    public async Task The_commands_of_a_page_work_one_after_the_other(string page)
    {
        await using PageRun run = await PageRun.StartAsync(app, Path.GetFileNameWithoutExtension(page));
        foreach (PageCommand command in CommandTable.RunBy(InOrder).Where(command => command.Page == page))
        {
            await run.RunAsync(command.Text);
            string[] words = ShellWords.Of(command.Text);
            int redirection = Array.IndexOf(words, ">");
            if (redirection > 0) Assert.True(run.HasWritten(words[redirection + 1]), command.ToString());
        }
    }

    [RequiresTheory(Tool.OpenSsl | Tool.Curl)]
    [MemberData(nameof(Commands))]
    public async Task A_command_works_alone(string command)
    {
        await using PageRun run = await PageRun.StartAsync(app, "alone");
        await run.RunAsync(command);
    }
}
