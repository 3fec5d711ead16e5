using static WsAot.Generators.Tests.Compilations.CodeFixRun;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.CodeFixes;

public class RouteTemplateFixTests
{
    [Theory]
    [InlineData("/", "/{id}")]
    [InlineData("/chat", "/chat/{id}")]
    [InlineData("/chat/", "/chat/{id}")]
    [InlineData("/files/{*rest}", "/files/{id}/{*rest}")]
    [InlineData("/{Id}/chat", "/{id}/chat")]
    [InlineData("/x\\\"y/{ID}", "/x\\\"y/{id}")]
    public async Task The_template_is_given_a_value_for_a_parameter(string before, string after) =>
        Assert.Equal(
            Source(after, "Guid id"),
            await Fix(
                "WSA006", Source(before, "Guid id"), $"Change the template to '{after.Replace("\\", "", StringComparison.Ordinal)}'"));

    [Fact]
    public async Task A_parameter_of_a_method_too() => Assert.Equal(
        Usings + """[WsRoute("/chat/{id}")] public class Handler { [OnOpen] public void Opened(Guid id) { } }""",
        await Fix("WSA006", Usings + """[WsRoute("/chat")] public class Handler { [OnOpen] public void Opened(Guid id) { } }"""));

    [Fact]
    public async Task Nothing_is_offered_for_what_is_no_route_value() => Assert.Empty(await Titles("WSA006", Source("/", "DayOfWeek day")));

    [Fact]
    public async Task All_parameters_are_given_a_value_at_once() =>
        Assert.Equal(Source("/chat/{id}/{day}", "Guid id, DateOnly day"), await FixAll("WSA006", Source("/chat", "Guid id, DateOnly day")));

    [Fact]
    public async Task What_is_passed_by_reference_is_taken_by_value()
    {
        string source = Source("/", "in WsConnection connection, WsRequest request");
        Assert.Equal(source.Replace("in ", "", StringComparison.Ordinal), await Fix("WSA006", source, "Take 'connection' by value"));
    }

    private static string Source(string template, string parameters) => Usings + $$"""
        [WsRoute("{{template}}")] public class Handler(string rest = "")
        {
            [OnOpen] public void Opened({{parameters}}) { }
        }
        """;
}
