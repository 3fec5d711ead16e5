namespace WsAot.Samples.Tests;

/// <summary>Subscribing as the generated clients do.</summary>
internal static class Subscriber
{
    public static Task<Subscribed> SubscribeAsync(
        this WsTestClient client, string topic, Subscribed? since = null, bool presence = false) =>
        client.CallByNameAsync<Subscribed>("$/subscribe", new
        {
            topic,
            since = since is null ? null : new { epoch = since.Epoch, offset = since.Offset },
            presence,
        });

    /// <summary>The users of a list of subscribers, or of a change of it, in order.</summary>
    public static async Task<string[]> UsersAsync(this WsTestClient client, string list) =>
        [.. (await client.ReceiveNotificationAsync("$/presence")).GetArgument<Member[]>(list).Select(static one => one.User ?? "").Order()];

    /// <summary>
    /// One client asks who subscribes to a topic. It hears of another client when that subscribes, together with itself, and again when
    /// its connection is reset.
    /// </summary>
    /// <param name="client">The one that asks.</param>
    /// <param name="server">The server of both.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="other">The one that comes and goes.</param>
    /// <param name="users">The users of both, in order.</param>
    public static async Task ExpectToSeeAsync(
        this WsTestClient client, WsTestServer server, string topic, WsTestClient other, params string[] users)
    {
        await client.SubscribeAsync(topic, presence: true);
        Assert.Empty(await client.UsersAsync("present"));
        string member = (await other.SubscribeAsync(topic)).Member!;
        server.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(users, await client.UsersAsync("joined"));

        other.Reset();
        server.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal([member], (await client.ReceiveNotificationAsync("$/presence")).GetArgument<string[]>("left"));
    }

    /// <summary>That no notification has come, and none will. Notifications are not among the messages that TryReceive takes.</summary>
    public static Task ExpectNothingMoreAsync(this WsTestClient client) =>
        Assert.ThrowsAsync<WsTestException>(() => client.ReceiveNotificationAsync());

    internal sealed record Subscribed(long Epoch, long Offset, bool Recovered, string? Member);

    internal sealed record Member(string Id, string? User);
}
