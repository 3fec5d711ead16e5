using WsAot.Routing;

namespace WsAot.Tests.Routing;

/// <summary>Tables of several assemblies. That they match like one is tested with the generator.</summary>
public sealed class WsRouteTableTests
{
    [Theory]
    [InlineData("/a/{x}", "/%61/{y}")]
    [InlineData("/a/{*x}", "/a/{*y}")]
    [InlineData("/caf\u00e9/", "/caf%C3%A9/")]
    [InlineData("/", "/")]
    public void Two_routes_that_match_the_same_paths_are_named_when_the_server_is_built(string one, string other)
    {
        WsRouteTable table = WsRouteTable.Combine(new Table("App.Chat", one), new Table("Lib.Chat", "/lib", other));
        var exception = Assert.Throws<WsStartException>(() => WsServer.CreateBuilder(table).Build());
        (string first, string second) = string.CompareOrdinal(one, other) <= 0
            ? ($"'{one}' of App.Chat", $"'{other}' of Lib.Chat")
            : ($"'{other}' of Lib.Chat", $"'{one}' of App.Chat");
        Assert.Equal(
            $"The route {first} and the route {second} match the same paths: change one of the templates, or combine each table once.",
            exception.Message);
    }

    [Theory]
    [InlineData("/a/{x}", "/a/x")]
    [InlineData("/a/{x}", "/a/{*x}")]
    [InlineData("/{x}", "/%7Bx%7D")]
    [InlineData("/a", "/a/")]
    [InlineData("/a", "/A")]
    [InlineData("/a%2Fb", "/a/b")]
    public async Task Routes_that_one_beats_are_no_conflict(string one, string other)
    {
        WsRouteTable table = WsRouteTable.Combine(new Table("App.Chat", one), new Table("Lib.Chat", other));
        WsServerBuilder builder = WsServer.CreateBuilder(table);
        builder.CreateTransport = static _ => new Transport.InMemory.InMemoryTransport();
        await using WsServer server = builder.Build();
        Assert.Equal(2, table.Routes.Count);
    }

    [Fact]
    public void No_table_has_no_route_and_null_is_none()
    {
        Assert.Empty(WsRouteTable.Combine().Routes);
        Assert.Throws<ArgumentNullException>("tables", static () => WsRouteTable.Combine(null!, null!));
    }

    private sealed class Table(string handler, params string[] templates) : WsRouteTable
    {
        public override IReadOnlyList<WsRoute> Routes { get; } =
            [.. templates.Select(template => new Route(new WsRouteOptions(template, handler)))];

        public override WsRoute? Match(WsPath path) => null;
    }

    private sealed class Route(WsRouteOptions options) : WsRoute(options)
    {
        public override WsHandlerEvents Events => WsHandlerEvents.None;

        public override object Create(WsConnection connection, WsRequest request) => new();
    }
}
