using System.Text.Json;

namespace WsAot.Testing.Tests.Documentation;

public class RoomsTests
{
    private sealed record Subscribed(long Epoch, long Offset, bool Recovered, string? Member);

    private sealed record Member(string Id, string? User);

    private static Task<Subscribed> SubscribeAsync(WsTestClient client, Subscribed? since = null, bool presence = false) =>
        client.CallByNameAsync<Subscribed>("$/subscribe", new
        {
            topic = "rooms/lobby",
            since = since is null ? null : new { epoch = since.Epoch, offset = since.Offset },
            presence,
        });

    private static WsTestServer CreateServer()
    {
        WsTestServer server = WsTestServer.Create(WsRoutes.Table, builder => builder.Services.Add<ITokens>(new FixedTokens()));
        server.Json = JsonSerializerOptions.Web;
        return server;
    }

    [Fact]
    public async Task Who_comes_back_gets_what_was_said_meanwhile()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await server.ConnectAsync("/rooms?name=ann");
        await using WsTestClient bob = await server.ConnectAsync("/rooms?name=bob");

        Subscribed first = await SubscribeAsync(bob);
        await ann.CallAsync("Say", ["lobby", "one"]);
        WsTestNotification one = await bob.ReceiveNotificationAsync("Said");
        Assert.Equal("one", one.GetArgument<string>(1));

        await bob.CloseAsync();
        await server.Server.Topic<IRoom>("rooms/lobby").Said("server", "two");

        await using WsTestClient again = await server.ConnectAsync("/rooms?name=bob");
        Subscribed second = await SubscribeAsync(again, since: first with { Offset = first.Offset + 1 });     // he has heard one
        Assert.True(second.Recovered);
        Assert.Equal("two", (await again.ReceiveNotificationAsync("Said")).GetArgument<string>(1));
    }

    [Fact]
    public async Task Those_who_are_there_are_known()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await server.ConnectAsync("/rooms?name=ann");
        await using WsTestClient bob = await server.ConnectAsync("/rooms?name=bob");

        Subscribed subscribed = await SubscribeAsync(ann, presence: true);
        await ann.ReceiveNotificationAsync("$/presence");            // the list, which is empty
        await SubscribeAsync(bob);
        server.Advance(TimeSpan.FromMilliseconds(100));              // changes are gathered for so long

        Member[] joined = (await ann.ReceiveNotificationAsync("$/presence")).GetArgument<Member[]>("joined");
        Assert.Equal(["ann", "bob"], joined.Select(one => one.User).Order());
        Assert.Contains(joined, one => one.Id == subscribed.Member);
        Assert.Equal(2, server.Server.GetPresent("rooms/lobby").Count);
    }

    [Fact]
    public async Task Nobody_hears_the_secret_room()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await server.ConnectAsync("/rooms?name=ann");

        JsonRpcException refused = await Assert.ThrowsAsync<JsonRpcException>(() =>
            ann.CallByNameAsync<Subscribed>("$/subscribe", new { topic = "rooms/secret" }));
        Assert.Equal(-32002, refused.Code);
    }
}
