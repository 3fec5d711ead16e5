using WsAot.Generators.Emitting;
using WsAot.Generators.Templates;

namespace WsAot.Generators.Tests.Emitting;

public class RouteTreeTests
{
    [Fact]
    public void No_template_makes_no_case() => Assert.Empty(RouteTree.Build([]));

    [Fact]
    public void Each_number_of_segments_has_its_case() => Assert.Equal([1, 3], Cases("/a", "/a/b/c"));

    [Fact]
    public void A_catch_all_makes_the_case_for_all_other_numbers() => Assert.Equal([1, 3, null], Cases("/a", "/a/b/c", "/{*rest}"));

    [Fact]
    public void A_number_too_small_for_the_catch_all_has_an_empty_case() => Assert.Equal([1, null], Cases("/a/{b}/{*rest}"));

    [Fact]
    public void Of_two_templates_of_one_shape_the_first_wins() =>
        Assert.Equal(0, Build("/{a}", "/{b}")[0].Root.Parameter!.End);

    [Fact]
    public void Literals_share_what_they_begin_with()
    {
        RouteNode root = Assert.Single(Build("/a/b", "/a/{x}")).Root;
        RouteNode a = Assert.Single(root.Literals).Value;
        Assert.Equal(0, a.Literals["b"].End);
        Assert.Equal(1, a.Parameter!.End);
    }

    private static IEnumerable<int?> Cases(params string[] templates) => Build(templates).Select(static routeCase => routeCase.Count);

    private static IReadOnlyList<RouteCase> Build(params string[] templates) =>
        RouteTree.Build([.. templates.Select(static template => TemplateParser.Parse(template).Segments)]);
}
