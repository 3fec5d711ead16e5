using Xunit.Abstractions;

namespace WsAot.Architecture.Tests.Folders;

/// <summary>
/// The folders of a project stand on each other in the order of <see cref="FolderOrder"/>. To see what is there, with its circles:
/// <c>dotnet test tests/WsAot.Architecture.Tests --filter FolderOrderTests --logger "console;verbosity=detailed"</c>.
/// </summary>
public class FolderOrderTests(ITestOutputHelper output)
{
    private const string Begin = "<!-- folders -->\n```text\n";
    private const string End = "```\n<!-- /folders -->";

    public static TheoryData<string> Projects => [.. FolderOrder.All.Select(static project => project.Path)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_uses_only_what_stands_below_it(string path)
    {
        ProjectFolders project = Find(path);
        List<FolderUse> uses = FolderUses.Find(project);
        Print(project, uses);
        Violations.AssertNone("The order of the folders (FolderOrder.cs) is broken", FolderRules.Forbidden(project, uses));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Nothing_is_allowed_that_no_folder_needs(string path)
    {
        ProjectFolders project = Find(path);
        List<FolderUse> uses = FolderUses.Find(project);
        Violations.AssertNone(
            $"FolderOrder.cs allows too much; what is needed:\n{FolderPicture.AsTable(project, FolderRules.Graph(uses))}",
            FolderRules.Unneeded(project, uses));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_folders_make_no_circle(string path)
    {
        ProjectFolders project = Find(path);
        Violations.AssertNone("Folders that use each other", FolderRules.Circles(project, FolderUses.Find(project)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_order_names_each_folder_once_and_uses_none_before_it_is_named(string path) =>
        Violations.AssertNone("FolderOrder.cs is wrong", FolderRules.Disorder(Find(path), Find(path).Sources));

    [Fact]
    public void The_picture_in_the_contributing_page_is_the_order()
    {
        string page = Repository.Read("CONTRIBUTING.md");
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        string picture = FolderPicture.Draw(FolderOrder.All);
        string shown = page[begin..page.IndexOf(End, begin, StringComparison.Ordinal)];
        Assert.True(shown == picture, $"Put this between the marks in CONTRIBUTING.md:\n{Begin}{picture}{End}");
    }

    private static ProjectFolders Find(string path) => FolderOrder.All.Single(project => project.Path == path);

    private void Print(ProjectFolders project, List<FolderUse> uses)
    {
        FolderGraph graph = FolderRules.Graph(uses);
        output.WriteLine(FolderPicture.AsTable(project, graph));
        List<string[]> circles = graph.Circles();
        output.WriteLine(
            $"{project.Path}: {circles.Count} circles {string.Join("; ", circles.Select(static circle => string.Join(" ", circle)))}");
        foreach (var arrow in uses.CountBy(static use => (use.From, use.To)).OrderBy(static arrow => arrow.Key))
        {
            output.WriteLine($"  {arrow.Key.From} -> {arrow.Key.To}: {arrow.Value} uses");
        }
    }
}
