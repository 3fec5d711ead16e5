using System.Globalization;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Contract;

/// <summary>A client of <see cref="Handlers.Kept"/>.</summary>
internal sealed class KeptClient(TestClient client) : IAsyncDisposable
{
    private int _answers;

    /// <summary>The messages that have come.</summary>
    public string[] Messages => [.. client.Received.Where(static text => !text.StartsWith('@'))];

    public static async Task<KeptClient> OpenAsync(WsServer server) =>
        new(await TestClient.ConnectAsync(new Uri(server.Urls[0] + "/kept")));

    /// <summary>Subscribes, and waits for the answer.</summary>
    public async Task<WsSubscribed> SubscribeAsync(string topic, WsTopicPosition since)
    {
        string[] words = (await AskAsync($"{topic} {since.Epoch} {since.Offset}")).Split(' ');
        return new WsSubscribed(new WsTopicPosition(Parse(words[2]), Parse(words[3])), bool.Parse(words[1]));
    }

    /// <summary>Says something, and waits for the answer.</summary>
    public async Task<string> AskAsync(string text)
    {
        _answers++;
        await client.SayAsync(text);
        await Wait.UntilAsync(() => client.Received.Count(static text => text.StartsWith('@')) == _answers);
        return client.Received.Last(static text => text.StartsWith('@'));
    }

    public Task SayAsync(string text) => client.SayAsync(text);

    /// <summary>Waits until it has got exactly these, in this order.</summary>
    public async Task ExpectAsync(params string[] texts)
    {
        await Wait.UntilAsync(() => Messages.Length >= texts.Length, () => $"got: {string.Join(" | ", client.Received)}");
        Assert.Equal(texts, Messages);
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static long Parse(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
