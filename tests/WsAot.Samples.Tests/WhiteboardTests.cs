using System.Text.Json;
using static WsAot.Samples.Tests.Subscriber;

namespace WsAot.Samples.Tests;

public class WhiteboardTests
{
    private const string Drawing = "drawings/lobby";
    private const string People = "people/lobby";

    private static readonly int[] s_line = [0, 0, 100, 50];
    private static readonly int[] s_dot = [7, 8, 7, 8];

    [Fact]
    public async Task A_newcomer_gets_the_whole_drawing_in_its_order()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await EnterAsync(server, "Ann");
        await using WsTestClient ben = await EnterAsync(server, "Ben");
        await ann.CallAsync("Draw", [s_line]);
        await ben.CallAsync("Clear");
        await ben.CallAsync("Draw", [s_dot]);

        await using WsTestClient newcomer = await EnterAsync(server, "Cyd");
        Assert.True((await newcomer.SubscribeAsync(Drawing)).Recovered);

        await ExpectLineAsync(newcomer, "Ann", s_line);
        Assert.Equal("Ben", (await newcomer.ReceiveNotificationAsync("Cleared")).GetArgument<string>(0));
        await ExpectLineAsync(newcomer, "Ben", s_dot);
        await newcomer.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task All_at_the_board_see_a_line_and_those_at_another_board_do_not()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await EnterAsync(server, "Ann");
        await using WsTestClient ben = await EnterAsync(server, "Ben");
        await using WsTestClient cyd = await EnterAsync(server, "Cyd", "garden");
        foreach (WsTestClient client in new[] { ann, ben }) await client.SubscribeAsync(Drawing);
        await cyd.SubscribeAsync("drawings/garden");

        await ann.CallAsync("Draw", [s_line]);

        await ExpectLineAsync(ann, "Ann", s_line);
        await ExpectLineAsync(ben, "Ann", s_line);
        await cyd.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task Who_comes_back_gets_what_was_drawn_meanwhile_and_nothing_twice()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await EnterAsync(server, "Ann");
        await using WsTestClient ben = await EnterAsync(server, "Ben");
        Subscribed first = await ben.SubscribeAsync(Drawing);
        await ann.CallAsync("Draw", [s_line]);
        await ExpectLineAsync(ben, "Ann", s_line);
        ben.Reset();
        await ann.CallAsync("Draw", [s_dot]);

        await using WsTestClient again = await EnterAsync(server, "Ben");
        Assert.True((await again.SubscribeAsync(Drawing, first with { Offset = first.Offset + 1 })).Recovered);
        await ExpectLineAsync(again, "Ann", s_dot);
        await again.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task The_list_of_people_follows_those_who_come_and_go()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await EnterAsync(server, "Ann");
        await using WsTestClient ben = await EnterAsync(server, "Ben");
        await ann.ExpectToSeeAsync(server, People, ben, "Ann", "Ben");
    }

    [Fact]
    public async Task A_cursor_is_seen_by_the_others_and_kept_for_nobody()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await EnterAsync(server, "Ann");
        await using WsTestClient ben = await EnterAsync(server, "Ben");
        foreach (WsTestClient client in new[] { ann, ben }) await client.SubscribeAsync(People);

        await ann.CallAsync("Move", [30, 40]);

        WsTestNotification moved = await ben.ReceiveNotificationAsync("Moved");
        Assert.Equal(("Ann", 30, 40), (moved.GetArgument<string>(0), moved.GetArgument<int>(1), moved.GetArgument<int>(2)));
        await ann.ExpectNothingMoreAsync();
        await using WsTestClient newcomer = await EnterAsync(server, "Cyd");
        await newcomer.SubscribeAsync(People);
        await newcomer.ExpectNothingMoreAsync();
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 1, 2 })]
    [InlineData(new[] { 1, 2, 3, 4, 5 })]
    public async Task What_is_no_line_is_refused(int[] points)
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await EnterAsync(server, "Ann");
        await ann.SubscribeAsync(Drawing);

        JsonRpcException refused = await Assert.ThrowsAsync<JsonRpcException>(() => ann.CallAsync("Draw", [points]));

        Assert.Equal(-32602, refused.Code);
        await ann.ExpectNothingMoreAsync();
    }

    [Theory]
    [InlineData("/boards/lobby?name=")]
    [InlineData("/boards/lobby?name=nobody-has-a-name-this-long")]
    [InlineData("/boards/a-board-with-a-name-that-is-too-long?name=Ann")]
    public async Task A_name_that_is_missing_or_too_long_is_refused(string target)
    {
        await using WsTestServer server = CreateServer();
        Assert.Equal(400, (await server.RefusedAsync(target)).StatusCode);
    }

    private static WsTestServer CreateServer()
    {
        WsTestServer server = WsTestServer.Create(Whiteboard.WsRoutes.Table);
        server.Json = JsonSerializerOptions.Web;
        return server;
    }

    private static Task<WsTestClient> EnterAsync(WsTestServer server, string name, string board = "lobby") =>
        server.ConnectAsync($"/boards/{board}?name={name}");

    private static async Task ExpectLineAsync(WsTestClient client, string who, int[] points)
    {
        WsTestNotification drawn = await client.ReceiveNotificationAsync("Drawn");
        Assert.Equal(who, drawn.GetArgument<string>(0));
        Assert.Equal(points, drawn.GetArgument<int[]>(1));
    }
}
