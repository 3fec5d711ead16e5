using System.Diagnostics;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Presence;

/// <summary>Rooms with more members than a message of NATS can name.</summary>
public sealed class ManyMembersTests : IAsyncLifetime
{
    private const int Timeout = 2000;

    private readonly List<RoomClient> _clients = [];
    private NatsServer _nats = null!;
    private Node _one = null!;
    private Node _other = null!;
    private Node _third = null!;

    public async Task InitializeAsync()
    {
        _nats = await NatsServer.StartConfiguredAsync("max_payload: 4096");
        _one = await Node.StartAsync(_nats.Url, static options => options.PresenceTimeoutMs = Timeout);
        _other = await Node.StartAsync(_nats.Url, static options => options.PresenceTimeoutMs = Timeout);
        _third = await Node.StartAsync(_nats.Url, static options => options.PresenceTimeoutMs = Timeout);
    }

    public async Task DisposeAsync()
    {
        foreach (RoomClient client in _clients) await client.DisposeAsync();
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _third.DisposeAsync();
        await _nats.DisposeAsync();
    }

    [Fact]
    public async Task All_are_seen_elsewhere_and_other_rooms_do_not_suffer()
    {
        string[] names = [.. Enumerable.Range(0, 80).Select(static i => $"{new string('ü', 62)}{i:00}")];
        await SeesAsync(Open(_one, "full", names[0]), [names[0]]);
        // A server that hears of the other one in this room only, which comes behind the full one.
        Open(_one, "unrelated", "ann");
        RoomClient ben = Open(_third, "unrelated", "ben");
        await SeesAsync(ben, ["ann", "ben"]);
        foreach (string name in names[1..]) Open(_one, "full", name);
        await Wait.UntilAsync(() => _one.Server.Context.Topics.ListPresent("rooms/full").Count == names.Length);
        RoomClient watcher = Open(_other, "full", "watcher");
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < 2 * Timeout)
        {
            Assert.Equal(["ann", "ben"], ben.Present);
            await Task.Delay(20);
        }

        await SeesAsync(watcher, ["watcher", .. names]);
        foreach (RoomClient client in _clients.Where(client => client.Name == names[3] || client.Name == names[70]))
        {
            await client.DisposeAsync();
        }

        await SeesAsync(watcher, ["watcher", .. names.Where((_, i) => i is not (3 or 70))]);
    }

    private static Task SeesAsync(RoomClient client, string[] users) => Wait.UntilAsync(
        () => client.Present.SequenceEqual(users), () => $"sees {client.Present.Length}, not {users.Length}");

    private RoomClient Open(Node node, string room, string name)
    {
        var client = new RoomClient(room, () => new Uri($"{node.Server.Urls[0]}/rooms?name={Uri.EscapeDataString(name)}")) { Name = name };
        _clients.Add(client);
        return client;
    }
}
