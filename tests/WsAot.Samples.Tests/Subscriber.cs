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

    /// <summary>That no notification has come, and none will. Notifications are not among the messages that TryReceive takes.</summary>
    public static Task ExpectNothingMoreAsync(this WsTestClient client) =>
        Assert.ThrowsAsync<WsTestException>(() => client.ReceiveNotificationAsync());

    internal sealed record Subscribed(long Epoch, long Offset, bool Recovered, string? Member);

    internal sealed record Member(string Id, string? User);
}
