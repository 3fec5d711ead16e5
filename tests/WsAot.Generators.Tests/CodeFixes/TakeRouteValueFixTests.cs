using static WsAot.Generators.Tests.Compilations.CodeFixRun;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.CodeFixes;

public class TakeRouteValueFixTests
{
    private const string Body = "{ [OnOpen] public void Opened() { } }";

    [Theory]
    [InlineData("class Handler ", "class Handler(string room) ")]
    [InlineData("class Handler : Base ", "class Handler(string room) : Base ")]
    [InlineData("class Handler(WsConnection connection) ", "class Handler(WsConnection connection, string room) ")]
    [InlineData("class Handler() ", "class Handler(string room) ")]
    [InlineData(
        "class Handler(WsConnection connection, int limit = 5) ", "class Handler(WsConnection connection, string room, int limit = 5) ")]
    [InlineData("class Handler(params int[] limits) ", "class Handler(string room, params int[] limits) ")]
    [InlineData("record Handler(WsConnection Connection) ", "record Handler(WsConnection Connection, string room) ")]
    public async Task A_primary_constructor_is_given_a_parameter(string before, string after) =>
        Assert.Equal(Source("/{room}", after + Body), await Fix("WSA007", Source("/{room}", before + Body)));

    [Fact]
    public async Task A_class_without_a_body_too() => Assert.Equal(
        Source("/{room}", "class Handler(string room) : Base;"),
        await Fix("WSA007", Source("/{room}", "class Handler : Base;")));

    [Fact]
    public async Task The_brace_stays_on_its_line() => Assert.Equal(
        Source("/{*rest}", "class Handler(string rest)\n{\n    [OnOpen] public void Opened() { }\n}"),
        await Fix("WSA007", Source("/{*rest}", "class Handler\n{\n    [OnOpen] public void Opened() { }\n}")));

    [Fact]
    public async Task An_ordinary_constructor_is_given_a_parameter() => Assert.Equal(
        Source(
            "/{room}",
            "class Handler { public Handler(WsConnection connection, string room) { } private Handler() { } "
                + "[OnOpen] public void Opened() { } }"),
        await Fix(
            "WSA007",
            Source(
                "/{room}",
                "class Handler { public Handler(WsConnection connection) { } private Handler() { } [OnOpen] public void Opened() { } }")));

    [Fact]
    public async Task A_name_that_is_a_keyword_is_escaped() => Assert.Equal(
        Source("/{event}", "class Handler(string @event) " + Body),
        await Fix("WSA007", Source("/{event}", "class Handler " + Body)));

    [Fact]
    public async Task All_values_of_all_handlers_are_taken_at_once() => Assert.Equal(
        Source(
            "/{room}/{name}",
            "class Handler(string room, string name) "
            + Body
            + "\n[WsRoute(\"/b/{id}\")] public class B(WsConnection connection, string id) "
            + Body),
        await FixAll(
            "WSA007",
            Source(
                "/{room}/{name}",
                "class Handler "
                + Body
                + "\n[WsRoute(\"/b/{id}\")] public class B(WsConnection connection) "
                + Body)));

    [Fact]
    public async Task Nothing_is_offered_where_another_class_would_not_compile_any_more() => Assert.Empty(
        await Titles("WSA007", Source("/{room}", "class Handler " + Body + " class Special : Handler;")));

    private static string Source(string template, string declaration) => Usings + $$"""
        public class Base { [OnClose] public void Closed() { } }
        [WsRoute("{{template}}")]
        public {{declaration}}
        """;
}
