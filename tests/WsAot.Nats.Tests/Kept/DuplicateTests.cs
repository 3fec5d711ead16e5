using WsAot.Nats.Tests.Contract;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Kept;

/// <summary>Messages whose confirmation does not come, so that they are sent again: the stream knows them for a time only.</summary>
public sealed class DuplicateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    public async Task A_message_is_stored_once_and_its_publisher_hears_that_it_may_be(int historySeconds)
    {
        await using NatsServer nats = await NatsServer.StartAsync();
        await using var proxy = new Proxy(nats.Port);
        await using Node one = await StartAsync(nats.Url);
        await using Node far = await StartAsync(proxy.Url);
        await using KeptClient client = await KeptClient.OpenAsync(one.Server);
        await client.SubscribeAsync("kept/a", WsTopicPosition.Oldest);
        proxy.StopAnswers();
        WsTopicUnavailableException failed =
            await Assert.ThrowsAsync<WsTopicUnavailableException>(async () => await far.Server.PublishAsync("kept/a", "1"));
        Assert.EndsWith("It is not known whether it is stored.", failed.Message);
        proxy.Heal();
        // What is sent into the old connection could not be sent again either.
        await Wait.UntilAsync(() => far.Log.Lines.Count(static line => line.Contains("Connected to NATS")) == 2);
        await far.Server.PublishAsync("kept/a", "2");
        await client.ExpectAsync("1", "2");

        Task<Node> StartAsync(string url) => Node.StartAsync(
            url,
            static options => options.StoreTimeoutMs = 5000,
            builder => builder.Topics.Add("kept/{name}", new WsTopicOptions { History = 10, HistorySeconds = historySeconds }));
    }

    [Fact]
    public async Task A_message_that_NATS_does_not_take_fails_at_once_and_holds_up_nobody()
    {
        string configuration = Path.Combine(Directory.CreateTempSubdirectory("wsaot-").FullName, "nats.conf");
        await File.WriteAllTextAsync(configuration, "max_payload: 10000");
        await using NatsServer nats = await NatsServer.StartAsync("-c", configuration);
        await using Node node = await Node.StartAsync(
            nats.Url,
            static options => options.StoreTimeoutMs = 60_000,
            static builder => builder.Topics.Add("kept/{name}", new WsTopicOptions { History = 10 }));
        await node.Server.PublishAsync("kept/a", "1");
        Task<WsTopicPosition> large = node.Server.PublishAsync("kept/a", new string('x', 20_000)).AsTask();
        Task<WsTopicPosition> next = node.Server.PublishAsync("kept/a", "2").AsTask();
        WsTopicUnavailableException failed =
            await Assert.ThrowsAsync<WsTopicUnavailableException>(() => large.WaitAsync(TimeSpan.FromSeconds(40)));
        Assert.EndsWith("It is not stored.", failed.Message);
        Assert.True((await next.WaitAsync(TimeSpan.FromSeconds(40))).Offset > 1);
    }

    [Fact]
    public async Task What_was_never_sent_is_not_stored()
    {
        await using NatsServer nats = await NatsServer.StartAsync();
        await using Node one = await Node.StartAsync(
            nats.Url,
            static options => options.StoreTimeoutMs = 500,
            static builder => builder.Topics.Add("kept/{name}", new WsTopicOptions { History = 10 }));
        await nats.KillAsync();
        await Wait.UntilAsync(() => one.Backplane.Problem is not null);
        WsTopicUnavailableException failed =
            await Assert.ThrowsAsync<WsTopicUnavailableException>(async () => await one.Server.PublishAsync("kept/a", "1"));
        Assert.EndsWith("It is not stored.", failed.Message);
    }
}
