using System.Text.RegularExpressions;

namespace WsAot.Architecture.Tests.Documents;

/// <summary>The links of the pages lead to files and headings that exist, and the index leads to every page.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] s_pages =
    [
        .. Directory.GetFiles(Repository.Root, "*.md"),
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
        .. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "README.md", SearchOption.AllDirectories),
    ];

    public static TheoryData<string> Pages => [.. s_pages.Select(static page => Path.GetRelativePath(Repository.Root, page))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_to_a_file_and_a_heading_that_exist(string page)
    {
        string path = Path.Combine(Repository.Root, page);
        List<string> broken = [];
        foreach (Match link in Link().Matches(Code().Replace(File.ReadAllText(path), "")))
        {
            string[] parts = link.Groups[1].Value.Split('#');
            if (Scheme().IsMatch(parts[0])) continue;
            string target = parts[0].Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, parts[0]));
            bool exists = File.Exists(target) || (Directory.Exists(target) && parts.Length == 1);
            if (!exists || (parts.Length == 2 && !Anchors(target).Contains(parts[1]))) broken.Add(link.Groups[1].Value);
        }

        Assert.Empty(broken);
    }

    [Fact]
    public void The_links_of_HTML_pages_to_this_repository_lead_to_files_that_exist()
    {
        string[] links = [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.html", SearchOption.AllDirectories)
            .SelectMany(static page => OwnLink().Matches(File.ReadAllText(page)))
            .Select(static link => link.Groups[1].Value)];
        Assert.NotEmpty(links);
        Assert.Equal([], links.Where(static link => !File.Exists(Path.Combine(Repository.Root, link))));
    }

    [Fact]
    public void The_root_has_no_project_beside_the_solution() =>
        Assert.Empty(Directory.GetFiles(Repository.Root, "*.cs*").Select(Path.GetFileName));

    [Fact]
    public void The_index_leads_to_every_page()
    {
        string docs = Path.Combine(Repository.Root, "docs");
        string index = File.ReadAllText(Path.Combine(docs, "README.md"));
        string[] pages = [.. s_pages
            .Where(page => page.StartsWith(docs, StringComparison.Ordinal))
            .Select(page => Path.GetRelativePath(docs, page))
            .Where(static page => page != "README.md" && !page.StartsWith("reference/diagnostics/WSA", StringComparison.Ordinal))];
        Assert.Contains("start/tutorial.md", pages);
        Assert.Equal([], pages.Where(page => !index.Contains($"]({page})", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_page_is_in_the_folder_of_its_purpose()
    {
        string[] parts = Repository.Read("docs/README.md").ReplaceLineEndings("\n").Split("\n## ")[1..];
        Assert.Equal(["Start", "How to", "Reference", "Explanation"], parts.Select(static part => part.Split('\n')[0]));
        foreach (string part in parts)
        {
            string folder = part.Split('\n')[0].ToLowerInvariant().Replace(' ', '-') + "/";
            string[] elsewhere = [.. Link().Matches(part).Select(static link => link.Groups[1].Value)
                .Where(page => !page.StartsWith(folder, StringComparison.Ordinal) && !page.StartsWith("../", StringComparison.Ordinal))];
            Assert.Empty(elsewhere);
        }
    }

    /// <summary>The names of a page's headings, as GitHub makes them.</summary>
    private static HashSet<string> Anchors(string page) =>
    [
        .. Heading().Matches(FencedCode().Replace(File.ReadAllText(page), ""))
            .Select(static heading => NotInAnchor().Replace(LinkTarget().Replace(heading.Groups[1].Value, ""), "")
                .Trim().ToLowerInvariant().Replace(' ', '-')),
    ];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"https://github\.com/wsaot/wsaot/blob/main/([^""#\s]+)")]
    private static partial Regex OwnLink();

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex Scheme();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex FencedCode();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
