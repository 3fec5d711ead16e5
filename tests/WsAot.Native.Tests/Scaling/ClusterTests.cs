using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using WsAot.Native.Tests.Harness;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Native.Tests.Scaling;

/// <summary>Three processes of the published file, with <c>-p:WsAotNats=true</c>, on a NATS cluster of three.</summary>
[Collection(PublishedFile.Name)]
public sealed class ClusterTests(PublishedApp app) : IAsyncLifetime
{
    private const int Size = 3;

    private readonly ServerProcess[] _nodes = new ServerProcess[Size];
    private readonly HttpClient[] _admins = new HttpClient[Size];
    private readonly List<RoomClient> _clients = [];
    private readonly List<string> _confirmed = [];
    private NatsCluster _cluster = null!;
    private int _said;

    public async Task InitializeAsync()
    {
        if (Tools.WhyNot(Tool.NatsServer) is not null) return;
        _cluster = await NatsCluster.StartAsync();
        for (int i = 0; i < Size; i++) await StartAsync(i);
    }

    public async Task DisposeAsync()
    {
        foreach (RoomClient client in _clients) await client.DisposeAsync();
        foreach (ServerProcess node in _nodes.Where(static node => node is not null)) await node.DisposeAsync();
        foreach (HttpClient admin in _admins) admin?.Dispose();
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [RequiresFact(Tool.NatsServer)]
    public async Task When_nodes_and_NATS_servers_are_killed_nothing_is_lost_and_all_see_who_is_there()
    {
        for (int i = 0; i < 2 * Size; i++)
        {
            int next = i;
            string name = $"c{i}";
            _clients.Add(new RoomClient("a", () => new Uri($"{_nodes[next++ % Size].Url}/rooms?name={name}")));
            await _clients[^1].ReadyAsync();
        }

        await SayAsync(20);
        _nodes[0].Send(Signal.Kill);
        await _nodes[0].EndAsync();
        await SayAsync(20, from: 1);
        await AllSeeAllAsync();
        await StartAsync(0);
        await SayAsync(20);
        await _cluster.Servers[1].KillAsync();
        await SayAsync(20);
        await _cluster.Servers[1].StartAgainAsync();
        await SayAsync(20);
        await AllSeeAllAsync();
        foreach (RoomClient client in _clients)
        {
            await Wait.UntilAsync(() => !_confirmed.Except(client.Texts).Any(), () => $"{client.Losses} losses");
            Assert.Equal(_clients[0].Texts, client.Texts);
            Assert.Equal(0, client.Losses);
        }

        Assert.Distinct(_clients[0].Texts);
        await ChatsAsync();
    }

    /// <summary>The chat of raw clients, too.</summary>
    private async Task ChatsAsync()
    {
        await using TestClient here = await TestClient.ConnectAsync(new Uri(_nodes[0].Url + "/chat/lobby"));
        await using TestClient there = await TestClient.ConnectAsync(new Uri(_nodes[2].Url + "/chat/lobby"));
        // Until NATS knows of both.
        await Wait.UntilAsync(async () =>
        {
            await here.SayAsync("here");
            await there.SayAsync("there");
            return here.Received.Contains("there") && there.Received.Contains("here");
        });
    }

    private async Task StartAsync(int node)
    {
        _nodes[node] = await ServerProcess.StartAsync(
            await app.FileWithNatsAsync(),
            [
                "--urls", "ws://127.0.0.1:0", "--nats-url", _cluster.Url, "--nats-replicas", "3", "--nats-store-timeout-ms", "8000",
                "--admin-urls", "http://127.0.0.1:0",
            ],
            PublishedApp.NewWorkingFolder());
        _admins[node]?.Dispose();
        string[] lines = await _nodes[node].Error.WaitForAsync(
            static line => line.Contains("http://127.0.0.1:", StringComparison.Ordinal), 1, CancellationToken.None);
        string address = lines[0][lines[0].IndexOf("http://", StringComparison.Ordinal)..].TrimEnd('.').Split(' ')[0];
        _admins[node] = new HttpClient { BaseAddress = new Uri(address) };
    }

    /// <summary>Publishes so many that are confirmed, on one node after the other.</summary>
    private async Task SayAsync(int count, int from = 0)
    {
        for (int confirmed = 0; confirmed < count;)
        {
            string text = (_said++).ToString("D5", CultureInfo.InvariantCulture);
            string body = $$$"""{"topic":"rooms/a","payload":{"jsonrpc":"2.0","method":"said","params":["test","{{{text}}}"]}}""";
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            HttpClient admin = _admins[from + (_said % (Size - from))];
            using HttpResponseMessage answer = await admin.PostAsync(new Uri("/api/publish", UriKind.Relative), content);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) continue;
            using var place = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.True(place.RootElement.GetProperty("offset").GetInt64() > 0);
            _confirmed.Add(text);
            confirmed++;
        }
    }

    private async Task AllSeeAllAsync()
    {
        string[] all = [.. Enumerable.Range(0, 2 * Size).Select(static i => $"c{i}")];
        foreach (RoomClient client in _clients)
        {
            await Wait.UntilAsync(() => client.Present.SequenceEqual(all), () => $"sees {string.Join(' ', client.Present)}");
        }
    }
}
