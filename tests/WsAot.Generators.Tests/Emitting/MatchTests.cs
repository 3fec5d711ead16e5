using WsAot.Generators.Tests.Compilations;
using WsAot.Routing;

namespace WsAot.Generators.Tests.Emitting;

/// <summary>The generated <c>Match</c>, compiled and called.</summary>
public class MatchTests
{
    [Theory]
    // Literal before parameter before catch-all.
    [InlineData("/a/b", "/a/b", "/a/b|/a/{x}|/a/{*rest}")]
    [InlineData("/a/{x}", "/a/c", "/a/b|/a/{x}|/a/{*rest}")]
    [InlineData("/a/{*rest}", "/a/c/d", "/a/b|/a/{x}|/a/{*rest}")]
    [InlineData("/a/{*rest}", "/a", "/a/b|/a/{x}|/a/{*rest}")]
    [InlineData("/a", "/a", "/a|/a/{*rest}")]
    [InlineData("/a/", "/a/", "/a/|/a/{*rest}")]
    [InlineData("/a/{x}/c", "/a/b/c", "/a/{x}/c|/{y}/b/c")]
    // Backtracking.
    [InlineData("/{y}/b/d", "/a/b/d", "/a/{x}/c|/{y}/b/d")]
    [InlineData("/{*rest}", "/a/b/e", "/a/{x}/c|/{y}/b/d|/{*rest}")]
    [InlineData("/{x}/{*rest}", "/a/b", "/a/b/c|/{x}/{*rest}|/{*all}")]
    // A parameter does not match an empty segment.
    [InlineData(null, "/", "/{x}")]
    [InlineData(null, "/a/", "/a/{x}")]
    [InlineData("/{x}", "/a", "/{x}")]
    // A catch-all matches nothing, an empty segment, and many segments.
    [InlineData("/files/{*rest}", "/files", "/files/{*rest}")]
    [InlineData("/files/{*rest}", "/files/", "/files/{*rest}")]
    [InlineData("/files/{*rest}", "/files/a/b", "/files/{*rest}")]
    [InlineData("/files/{*rest}", "/files//", "/files/{*rest}")]
    [InlineData(null, "/file", "/files/{*rest}")]
    [InlineData("/{*rest}", "/", "/{*rest}")]
    [InlineData(null, "/a", "/a/{b}/{*rest}")]
    [InlineData("/a/{b}/{*rest}", "/a/x", "/a/{b}/{*rest}")]
    // Slashes.
    [InlineData("/", "/", "/|/a")]
    [InlineData(null, "/a/", "/a")]
    [InlineData(null, "/a", "/a/")]
    [InlineData(null, "//", "/")]
    // Percent-encoding and case.
    [InlineData("/caf%C3%A9", "/caf%c3%a9", "/caf%C3%A9")]
    [InlineData("/café", "/caf%C3%A9", "/café")]
    [InlineData("/%61", "/a", "/%61")]
    [InlineData("/a%2Fb", "/a%2fb", "/a%2Fb|/a/b")]
    [InlineData("/a/b", "/a/b", "/a%2Fb|/a/b")]
    [InlineData("/%25", "/%25", "/%25")]
    [InlineData("/%7Bx%7D", "/{x}", "/%7Bx%7D")]
    [InlineData("/\U0001F600", "/%F0%9F%98%80", "/\U0001F600")]
    [InlineData(null, "/A", "/a")]
    public void A_path_takes_the_right_route(string? expected, string path, string templates) =>
        Assert.Equal(expected, LoadedRoutes.Load(WsRouteGeneratorTests.Handlers(templates.Split('|'))).Match(path));

    [Fact]
    public void Literals_of_one_length_are_not_compared_with_shorter_segments()
    {
        WsRouteTable table = LoadedRoutes.Load(WsRouteGeneratorTests.Handlers("/aaa", "/bbb", "/ccc", "/ddd", "/abc"));
        Assert.Equal("/ddd", table.Match("/ddd"));
        Assert.Null(table.Match("/"));
        Assert.Null(table.Match("/dd"));
        Assert.Null(table.Match("/dddd"));
    }

    [Fact]
    public void No_template_matches_nothing() => Assert.Null(LoadedRoutes.Load("class Program;").Match("/"));

    [Fact]
    public void Routes_come_in_ordinal_order_of_their_templates() =>
        Assert.Equal(
            ["/", "/B", "/a", "/{x}"],
            LoadedRoutes.Load(WsRouteGeneratorTests.Handlers("/{x}", "/a", "/B", "/")).Routes
                .Select(static route => route.Options.Template));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Random_templates_match_as_the_naive_twin_does(int seed)
    {
        var random = new Random(seed);
        string[] words = seed % 2 == 0 ? s_wordsOfOneLength : s_words;
        string[] templates = RandomTemplates(random, 4 * seed, words);
        WsRouteTable table = LoadedRoutes.Load(WsRouteGeneratorTests.Handlers(templates));
        Assert.Equal(templates.Length, table.Routes.Count);
        WsRouteTable combined = WsRouteTable.Combine(
            LoadedRoutes.Load(WsRouteGeneratorTests.Handlers([.. templates.Where(static (_, i) => i % 3 == 0)])),
            LoadedRoutes.Load(WsRouteGeneratorTests.Handlers([.. templates.Where(static (_, i) => i % 3 != 0)])));
        Assert.Equal(table.Routes.Select(Template), combined.Routes.Select(Template));
        for (int i = 0; i < 3_000; i++)
        {
            string path = RandomPath(random, words);
            string? expected = NaiveMatcher.Match(templates, path);
            string? actual = table.Match(path);
            Assert.True(expected == actual, $"{path}: {expected} expected, {actual} matched, of {string.Join(" ", templates)}");
            Assert.Equal(expected, combined.Match(path));
        }

        static string Template(WsRoute route) => route.Options.Template;
    }

    private static readonly string[] s_words = ["a", "b", "ab", "abc", "abd", "xyz", "xy%2F", "%C3%A9", "é", "x%20y", "A"];

    // Literals of one length, which differ in their bytes alone.
    private static readonly string[] s_wordsOfOneLength = ["aaa", "aab", "aba", "bbb", "%C3%A9x", "xyz", "abz"];

    /// <summary>Random templates, no two of the same shape.</summary>
    private static string[] RandomTemplates(Random random, int count, string[] words) =>
    [
        .. Enumerable.Range(0, count)
            .Select(_ => RandomTemplate(random, words))
            .DistinctBy(static template => string.Join('/', NaiveMatcher.Segments(template).Select(static segment =>
                segment.StartsWith("{*", StringComparison.Ordinal) ? "{*}" : segment.StartsWith('{') ? "{}" : segment)))
    ];

    private static string RandomTemplate(Random random, string[] words)
    {
        int length = random.Next(0, 4);
        string template =
            string.Concat(Enumerable.Range(0, length).Select(i => random.Next(3) == 0 ? $"/{{p{i}}}" : "/" + Word(random, words)));
        return random.Next(6) switch
        {
            0 => template + "/{*rest}",
            1 => template + "/",
            _ => template.Length == 0 ? "/" : template,
        };
    }

    private static string RandomPath(Random random, string[] words)
    {
        int length = random.Next(1, 6);
        return string.Concat(Enumerable.Range(0, length)
            .Select(_ => "/" + (random.Next(8) == 0 ? "" : random.Next(8) == 0 ? "zz" : Word(random, words))));
    }

    private static string Word(Random random, string[] words) => words[random.Next(words.Length)];

    /// <summary>The naive twin: matches a path against templates without any optimisation.</summary>
    private static class NaiveMatcher
    {
        public static string? Match(IEnumerable<string> templates, string path)
        {
            string[] segments = LoadedRoutes.Segments(path);
            return templates
                .Where(template => Matches(Segments(template), segments))
                .OrderBy(static template => string.Concat(Segments(template).Select(Rank)), StringComparer.Ordinal)
                .FirstOrDefault();
        }

        public static string[] Segments(string template) =>
            [.. template[1..].Split('/').Select(static segment => segment.StartsWith('{') ? segment : Uri.UnescapeDataString(segment))];

        private static bool Matches(string[] template, string[] path)
        {
            if (template[^1].StartsWith("{*", StringComparison.Ordinal))
            {
                return path.Length >= template.Length - 1 && Matches(template[..^1], path[..(template.Length - 1)], anyLength: true);
            }

            return Matches(template, path, anyLength: false);
        }

        private static bool Matches(string[] template, string[] path, bool anyLength) =>
            (anyLength || template.Length == path.Length)
            && template.Zip(path).All(static pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);

        private static char Rank(string segment) =>
            segment.StartsWith("{*", StringComparison.Ordinal) ? '3' : segment.StartsWith('{') ? '2' : '1';
    }
}
