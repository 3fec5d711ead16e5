using System.Collections.Concurrent;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Cluster;

/// <summary>
/// Three servers on a NATS cluster of three, while nodes, NATS servers and ways fail: no message that was confirmed is lost, none is
/// doubled, and all clients have one order.
/// </summary>
public sealed class ThreeNodesTests : IAsyncLifetime
{
    private const int Size = 3;

    private readonly ConcurrentQueue<string> _confirmed = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<RoomClient> _clients = [];
    private readonly Node?[] _nodes = new Node?[Size];
    private NatsCluster _cluster = null!;
    private Proxy[] _proxies = [];
    private Task _publishing = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _cluster = await NatsCluster.StartAsync();
        _proxies = [.. _cluster.Servers.Select(static server => new Proxy(server.Port))];
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (RoomClient client in _clients) await client.DisposeAsync();
        foreach (Node? node in _nodes)
        {
            if (node is not null) await node.DisposeAsync();
        }

        foreach (Proxy proxy in _proxies) await proxy.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task When_NATS_servers_are_killed_and_come_back_nothing_is_lost_or_doubled()
    {
        await StartAsync(_ => _cluster.Url);
        foreach (NatsServer server in _cluster.Servers)
        {
            await server.KillAsync();
            await MoreAsync(30);
            await server.StartAgainAsync();
            await MoreAsync(30);
        }

        await AllHaveAllAsync();
    }

    [Fact]
    public async Task When_a_node_ends_its_clients_go_on_from_another_one()
    {
        await StartAsync(_ => _cluster.Url);
        for (int i = 0; i < Size; i++)
        {
            Node gone = _nodes[i]!;
            _nodes[i] = null;
            await gone.DisposeAsync();
            await MoreAsync(30);
            _nodes[i] = await StartNodeAsync(_cluster.Url);
            await MoreAsync(30);
        }

        await AllHaveAllAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_a_node_is_cut_off_its_clients_get_everything_when_it_is_back(bool isClosed)
    {
        await StartAsync(i => _proxies[i].Url);
        foreach (Proxy proxy in _proxies)
        {
            if (isClosed) proxy.Cut();
            else proxy.Stop();
            await MoreAsync(60);
            proxy.Heal();
            await MoreAsync(30);
        }

        await AllHaveAllAsync();
    }

    private static Task<Node> StartNodeAsync(string url) => Node.StartAsync(
        url,
        static options =>
        {
            options.Replicas = 3;
            options.StoreTimeoutMs = 20_000;
        });

    private async Task StartAsync(Func<int, string> urlOf)
    {
        for (int i = 0; i < Size; i++) _nodes[i] = await StartNodeAsync(urlOf(i));
        for (int i = 0; i < 2 * Size; i++)
        {
            int next = i;
            _clients.Add(new RoomClient("a", () => new Uri(ServerOf(next++).Urls[0] + "/rooms?name=c" + next)));
            await _clients[^1].ReadyAsync();
        }

        _publishing = Task.WhenAll(Enumerable.Range(0, Size).Select(i => Task.Run(() => PublishAsync(i))));
    }

    /// <summary>A node that is there, and the same one each time unless it is gone.</summary>
    private WsServer ServerOf(int number)
    {
        for (int i = 0; i < Size; i++)
        {
            if (_nodes[(number + i) % Size] is { } node) return node.Server;
        }

        throw new InvalidOperationException("No node is there.");
    }

    private async Task PublishAsync(int publisher)
    {
        for (int i = 0; !_stop.IsCancellationRequested; i++)
        {
            string text = $"{publisher}-{i:D5}";
            try
            {
                await ServerOf(publisher).PublishAsync(
                    "rooms/a", $$"""{"jsonrpc":"2.0","method":"said","params":["{{text}}"]}""");
                _confirmed.Enqueue(text);
            }
            catch (Exception exception) when (exception is WsTopicUnavailableException or ObjectDisposedException)
            {
                // Nobody has confirmed it: it is there once, or not at all.
            }

            await Task.Delay(2);
        }
    }

    /// <summary>Waits until so many more messages are confirmed.</summary>
    private Task MoreAsync(int count)
    {
        int enough = _confirmed.Count + count;
        return Wait.UntilAsync(() => _confirmed.Count >= enough);
    }

    private async Task AllHaveAllAsync()
    {
        await _stop.CancelAsync();
        await _publishing;
        string[] confirmed = [.. _confirmed];
        foreach (RoomClient client in _clients)
        {
            await Wait.UntilAsync(
                () => !confirmed.Except(client.Texts).Any(),
                () => $"missing: {string.Join(' ', confirmed.Except(client.Texts).Take(10))}, {client.Losses} losses");
        }

        string[] order = _clients[0].Texts;
        Assert.Distinct(order);
        foreach (RoomClient client in _clients) Assert.Equal(order, client.Texts);
        foreach (RoomClient client in _clients) Assert.Equal(0, client.Losses);
        for (int publisher = 0; publisher < Size; publisher++)
        {
            string[] own = [.. order.Where(text => text.StartsWith($"{publisher}-", StringComparison.Ordinal))];
            Assert.Equal(own.Order(StringComparer.Ordinal), own);
        }
    }
}
