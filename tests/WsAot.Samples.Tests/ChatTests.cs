using System.Text.Json;
using static WsAot.Samples.Tests.Subscriber;

namespace WsAot.Samples.Tests;

public class ChatTests
{
    private const string Lobby = "rooms/lobby";

    [Fact]
    public async Task A_newcomer_reads_what_was_said_in_the_room_and_nothing_of_other_rooms()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await server.ConnectAsync("/chat?name=Ann");
        await ann.CallAsync("Say", ["lobby", " hello "]);
        server.Advance(TimeSpan.FromMinutes(1));
        await ann.CallAsync("Say", ["team", "not for the lobby"]);
        await ann.CallAsync("Say", ["lobby", "anybody here?"]);

        await using WsTestClient ben = await server.ConnectAsync("/chat?name=Ben");
        await ben.SubscribeAsync(Lobby);

        DateTimeOffset first = await ExpectAsync(ben, "Ann", "hello");
        DateTimeOffset second = await ExpectAsync(ben, "Ann", "anybody here?");
        Assert.Equal(TimeSpan.FromMinutes(1), second - first);
        await ben.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task Who_was_away_gets_what_was_said_meanwhile_and_nothing_twice()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await server.ConnectAsync("/chat?name=Ann");
        await using WsTestClient ben = await server.ConnectAsync("/chat?name=Ben");
        Subscribed first = await ben.SubscribeAsync(Lobby);
        await ann.CallAsync("Say", ["lobby", "one"]);
        await ExpectAsync(ben, "Ann", "one");
        ben.Reset();
        await ann.CallAsync("Say", ["lobby", "two"]);

        await using WsTestClient again = await server.ConnectAsync("/chat?name=Ben");
        Assert.True((await again.SubscribeAsync(Lobby, first with { Offset = first.Offset + 1 })).Recovered);
        await ExpectAsync(again, "Ann", "two");
        await again.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task A_room_knows_who_is_there()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await server.ConnectAsync("/chat?name=Ann");
        await using WsTestClient ben = await server.ConnectAsync("/chat?name=Ben");
        await ann.ExpectToSeeAsync(server, Lobby, ben, "Ann", "Ben");
    }

    [Fact]
    public async Task The_others_see_who_is_writing()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await server.ConnectAsync("/chat?name=Ann");
        await using WsTestClient ben = await server.ConnectAsync("/chat?name=Ben");
        foreach (WsTestClient client in new[] { ann, ben }) await client.SubscribeAsync("writing/lobby");

        await ann.CallAsync("Write", ["lobby"]);

        Assert.Equal("Ann", (await ben.ReceiveNotificationAsync("Writing")).GetArgument<string>(0));
        await ann.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task There_are_three_rooms_and_no_others()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await server.ConnectAsync("/chat?name=Ann");

        Assert.Equal(["lobby", "team", "garden"], await ann.CallAsync<string[]>("Rooms"));
        foreach (string method in new[] { "Say", "Write" })
        {
            object[] arguments = method == "Say" ? ["cellar", "hi"] : ["cellar"];
            Assert.Equal(1, (await Assert.ThrowsAsync<JsonRpcException>(() => ann.CallAsync(method, arguments))).Code);
        }

        Assert.Equal(-32002, (await Assert.ThrowsAsync<JsonRpcException>(() => ann.SubscribeAsync("rooms/cellar"))).Code);
        Assert.Equal(400, (await server.RefusedAsync("/chat?name=")).StatusCode);
    }

    private static WsTestServer CreateServer()
    {
        WsTestServer server = WsTestServer.Create(WsAot.Samples.Chat.WsRoutes.Table);
        server.Json = JsonSerializerOptions.Web;
        return server;
    }

    private static async Task<DateTimeOffset> ExpectAsync(WsTestClient client, string who, string text)
    {
        WsTestNotification said = await client.ReceiveNotificationAsync("Said");
        Assert.Equal((who, text), (said.GetArgument<string>(0), said.GetArgument<string>(1)));
        return said.GetArgument<DateTimeOffset>(2);
    }
}
