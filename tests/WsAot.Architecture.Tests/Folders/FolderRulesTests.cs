namespace WsAot.Architecture.Tests.Folders;

/// <summary>The rules of the folders find what they are there for, shown with a project of three small folders.</summary>
public class FolderRulesTests
{
    private static readonly ProjectFolders s_project = new(
        "src/Sample",
        new("Low"),
        new("Middle", "Low"),
        new("Alone") { IsNamedByNobody = true },
        new(Folder.Root, "Low"));

    private static readonly SourceFile[] s_declarations =
    [
        new("src/Sample/Low/Low.cs", """
            public class Open
            {
                public int Seen;
                internal int Hidden;
                internal Open(int a) { }
                public Open() { }
                internal int this[int i] => i;
            }

            internal class Closed { public int Seen; public static Closed operator -(Closed a) => a; }
            internal static class Extensions { public static void Extend(this Open open) { } }
            """),
        new("src/Sample/Alone/Alone.cs", "public class Alone;"),
        new("src/Sample/Sample.cs", "internal class Above { public Open Get() => new(); internal void Take(Open open) { } }"),
    ];

    [Theory]
    [InlineData("Closed a;", "Closed")]
    [InlineData("new Open().Hidden = 1;", "Open.Hidden")]
    [InlineData("_ = new Open(1);", "Open.Open(int)")]
    [InlineData("Open a = new(1);", "Open.Open(int)")]
    [InlineData("_ = new Open()[1];", "Open.this[int]")]
    [InlineData("new Open().Extend();", "Extensions.Extend(Open)")]
    [InlineData("_ = typeof(List<Closed>);", "Closed")]
    public void Internals_of_another_folder_are_used(string body, string symbol) =>
        Assert.Contains(Uses("Alone", body), use => use == new FolderUse("Alone", "Low", "src/Sample/Alone/User.cs:1", symbol));

    [Theory]
    [InlineData("Open a = new(); a.Seen = 1;")]
    [InlineData("int low = 1; (int Low, int Seen) pair = (low, low); _ = pair.Seen;")]
    [InlineData("_ = new { Hidden = 1 }.Hidden;")]
    public void Public_types_and_members_are_everybodys(string body) => Assert.Empty(Uses("Alone", body));

    [Fact]
    public void What_a_folder_has_itself_is_no_use() => Assert.Empty(Uses("Low", "new Open(1).Hidden = 1;"));

    [Fact]
    public void A_type_counts_though_only_var_stands_for_it() =>
        Assert.Contains(Uses("Alone", "var a = new Above(); a.Take(null!);"), static use => use.To == Folder.Root && use.Symbol == "Above");

    [Fact]
    public void Even_a_public_type_counts_where_a_folder_is_named_by_nobody()
    {
        List<FolderUse> uses = Uses("Middle", "_ = new Alone();");
        Assert.Equal(
            [
                "src/Sample/Middle/User.cs:1: Alone.Alone(): Middle may not use Alone (allowed: Low)",
                "src/Sample/Middle/User.cs:1: Alone: Middle may not use Alone (allowed: Low)",
            ],
            FolderRules.Forbidden(s_project, uses));
    }

    [Fact]
    public void Only_what_the_order_allows_may_be_used()
    {
        Assert.Empty(FolderRules.Forbidden(s_project, Uses("Middle", "Closed a;")));
        Assert.Equal(
            ["src/Sample/Middle/User.cs:1: Above: Middle may not use (root) (allowed: Low)"],
            FolderRules.Forbidden(s_project, Uses("Middle", "Above a;")));
    }

    [Fact]
    public void What_is_allowed_and_not_used_is_found() =>
        Assert.Equal(["(root) uses nothing of Low"], FolderRules.Unneeded(s_project, Uses("Middle", "Closed a;")));

    [Fact]
    public void A_name_that_means_nothing_is_an_error() =>
        Assert.Contains(
            "'Missing'",
            Assert.Throws<InvalidOperationException>(static () => Uses("Middle", "Missing a;")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_circle_is_found_with_all_its_folders()
    {
        var graph = new FolderGraph([("A", "B"), ("B", "C"), ("C", "B"), ("C", "D"), ("D", "E"), ("E", "D"), ("F", "A")]);
        Assert.Equal(["B C", "D E"], graph.Circles().Select(static circle => string.Join(' ', circle)));
        Assert.Empty(new FolderGraph([("A", "B"), ("A", "C"), ("B", "C")]).Circles());
    }

    [Fact]
    public void A_circle_that_is_known_is_not_reported_and_one_arrow_more_is()
    {
        var project = new ProjectFolders("src/Sample", new Folder("A") { StillUses = ["B"] }, new Folder("B", "A"), new Folder("C"));
        FolderUse[] known = [new("A", "B", "", ""), new("B", "A", "", "")];
        Assert.Empty(FolderRules.Circles(project, known));
        Assert.Equal(["B, C"], FolderRules.Circles(project, [.. known, new("B", "C", "", ""), new("C", "B", "", "")]));
    }

    [Fact]
    public void An_order_that_misses_a_folder_or_points_upwards_is_found()
    {
        var project = new ProjectFolders(
            "src/Sample", new Folder("Low", "Middle"), new Folder("Middle"), new Folder("Middle"), new Folder("Gone"));
        Assert.Equal(
            [
                "Alone is not listed", "(root) is not listed", "Gone is not there", "Middle is listed twice",
                "Low uses Middle, which does not stand below it",
            ],
            FolderRules.Disorder(project, [.. s_declarations, new SourceFile("src/Sample/Middle/A.cs", "")]));
    }

    [Fact]
    public void The_picture_has_the_highest_folder_first() => Assert.Equal(
        """
        src/Sample
          (root)  Low
          Alone   -  (named by nobody)
          Middle  Low
          Low     -

        """,
        FolderPicture.Draw([s_project]));

    [Fact]
    public void The_uses_that_are_there_become_lines_of_the_order() => Assert.Equal(
        """
                    new("Low") { StillUses = ["Middle"] },
                    new("Middle", "Low"),
                    new("Alone") { IsNamedByNobody = true },
                    new("(root)", "Low", "Middle"),

        """,
        FolderPicture.AsTable(
            s_project, new FolderGraph([("Middle", "Low"), ("Low", "Middle"), (Folder.Root, "Middle"), (Folder.Root, "Low")])));

    private static List<FolderUse> Uses(string folder, string body) =>
        FolderUses.Find(
            s_project, [.. s_declarations, new SourceFile($"src/Sample/{folder}/User.cs", $"class User {{ void Use() {{ {body} }} }}")]);
}
