using WsAot.Generators.Model;
using WsAot.Generators.Templates;

namespace WsAot.Generators.Tests.Templates;

public class TemplateParserTests
{
    [Theory]
    [InlineData("/", "'")]
    [InlineData("/a", "'a")]
    [InlineData("/a/", "'a '")]
    [InlineData("/chat/{room}/{*rest}", "'chat {room} {*rest}")]
    [InlineData("/caf%C3%A9", "'café")]
    [InlineData("/a%2Fb", "'a/b")]
    [InlineData("/%7Ba%7d", "'{a}")]
    [InlineData("/a b", "'a b")]
    [InlineData("/...", "'...")]
    [InlineData("/{class}", "{class}")]
    public void A_template_is_read(string text, string expected)
    {
        Template template = TemplateParser.Parse(text);
        Assert.Empty(template.Errors);
        Assert.Equal(expected, string.Join(' ', template.Segments.Select(static segment => segment.Kind switch
        {
            SegmentKind.Parameter => $"{{{segment.Text}}}",
            SegmentKind.CatchAll => $"{{*{segment.Text}}}",
            _ => "'" + segment.Text,
        })));
    }

    [Theory]
    [InlineData("", "begin with '/'")]
    [InlineData("chat", "begin with '/'")]
    [InlineData("~/chat", "begin with '/'")]
    [InlineData("//", "empty segment")]
    [InlineData("/a//b", "empty segment")]
    [InlineData("/{a", "without its partner")]
    [InlineData("/a}", "without its partner")]
    [InlineData("/{{a}", "without its partner")]
    [InlineData("/}a{", "mixes")]
    [InlineData("/{{a}}", "mixes")]
    [InlineData("/a{b}", "mixes")]
    [InlineData("/{a}b", "mixes")]
    [InlineData("/{a}{b}", "mixes")]
    [InlineData("/{}", "no name")]
    [InlineData("/{*}", "no name")]
    [InlineData("/{1a}", "not the name")]
    [InlineData("/{a-b}", "not the name")]
    [InlineData("/{ a}", "not the name")]
    [InlineData("/{**a}", "not the name")]
    [InlineData("/{a:int}", "constraint")]
    [InlineData("/{a?}", "optional")]
    [InlineData("/{*a}/b", "last segment")]
    [InlineData("/{*a}/", "last segment")]
    [InlineData("/a?b", "where a path ends")]
    [InlineData("/a#b", "where a path ends")]
    [InlineData("/%", "percent")]
    [InlineData("/%4", "percent")]
    [InlineData("/%zz", "percent")]
    [InlineData("/%FF", "percent")]
    [InlineData("/a%00", "NUL")]
    [InlineData("/.", "clients remove")]
    [InlineData("/a/../b", "clients remove")]
    [InlineData("/%2e%2E", "clients remove")]
    public void What_is_no_template_is_said_to_be_none(string text, string expected)
    {
        TemplateError problem = Assert.Single(TemplateParser.Parse(text).Errors);
        Assert.Equal(TemplateErrorKind.Syntax, problem.Kind);
        Assert.Contains(expected, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_no_text() => Assert.Single(TemplateParser.Parse("/\ud800").Errors);

    [Fact]
    public void A_name_is_found_twice() =>
        Assert.Equal([new TemplateError(TemplateErrorKind.DuplicateName, "a")], TemplateParser.Parse("/{a}/{b}/{*a}").Errors);

    [Fact]
    public void Names_that_differ_in_case_are_two() => Assert.Empty(TemplateParser.Parse("/{a}/{A}").Errors);

    [Theory]
    [InlineData("/{a}/b", "/{c}/b", true)]
    [InlineData("/{*a}", "/{*b}", true)]
    [InlineData("/%61", "/a", true)]
    [InlineData("/{a}", "/{*a}", false)]
    [InlineData("/a", "/a/", false)]
    [InlineData("/a", "/A", false)]
    [InlineData("/a%2Fb", "/a/b", false)]
    [InlineData("/%7B%7D", "/{a}", false)]
    public void Templates_of_one_shape_match_the_same_paths(string one, string other, bool same) =>
        Assert.Equal(same, TemplateParser.Parse(one).Shape == TemplateParser.Parse(other).Shape);

    [Fact]
    public void Random_text_is_read_or_refused_without_an_exception()
    {
        var random = new Random(1);
        const string Characters = "/{}*%ab4é?#.\ud83d\ude00 ";
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Characters[random.Next(Characters.Length)]));
            Template template = TemplateParser.Parse(text);
            Assert.True(template.Errors.Count > 0 || template.Segments.Count == text.Count(static c => c == '/'), text);
        }
    }
}
