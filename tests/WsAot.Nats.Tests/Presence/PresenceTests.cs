using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Presence;

/// <summary>Who is there, on all servers.</summary>
public sealed class PresenceTests : IAsyncLifetime
{
    private readonly List<RoomClient> _clients = [];
    private NatsServer _nats = null!;
    private Proxy _proxy = null!;
    private Node _one = null!;
    private Node _other = null!;

    public async Task InitializeAsync()
    {
        _nats = await NatsServer.StartAsync();
        _proxy = new Proxy(_nats.Port);
        _one = await StartAsync(_nats.Url);
        _other = await StartAsync(_proxy.Url);
    }

    public async Task DisposeAsync()
    {
        foreach (RoomClient client in _clients) await client.DisposeAsync();
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _proxy.DisposeAsync();
        await _nats.DisposeAsync();
    }

    [Fact]
    public async Task Who_comes_and_goes_on_one_is_seen_on_both()
    {
        RoomClient ann = Open(_one, "ann");
        await SeesAsync(ann, "ann");
        RoomClient ben = Open(_other, "ben");
        RoomClient cid = Open(_other, "cid");
        await SeesAsync(ann, "ann", "ben", "cid");
        await SeesAsync(ben, "ann", "ben", "cid");
        Assert.Equal(3, _one.Server.Context.Topics.ListPresent("rooms/a").Count);
        await cid.DisposeAsync();
        await SeesAsync(ann, "ann", "ben");
        await SeesAsync(ben, "ann", "ben");
        RoomClient dan = Open(_one, "dan");
        await SeesAsync(dan, "ann", "ben", "dan");
        await SeesAsync(ben, "ann", "ben", "dan");
    }

    [Fact]
    public async Task A_room_that_was_empty_here_shows_those_elsewhere_again()
    {
        RoomClient ben = Open(_other, "ben");
        await SeesAsync(ben, "ben");
        for (int i = 0; i < 3; i++)
        {
            RoomClient ann = Open(_one, "ann");
            await SeesAsync(ann, "ann", "ben");
            await SeesAsync(ben, "ann", "ben");
            await ann.DisposeAsync();
            await SeesAsync(ben, "ben");
        }
    }

    [Fact]
    public async Task A_server_that_is_silent_is_left_and_one_that_comes_back_is_there_without_ghosts()
    {
        RoomClient ann = Open(_one, "ann");
        RoomClient ben = Open(_other, "ben");
        RoomClient cid = Open(_other, "cid");
        await SeesAsync(ann, "ann", "ben", "cid");
        await SeesAsync(ben, "ann", "ben", "cid");
        _proxy.Stop();
        await SeesAsync(ann, "ann");
        await SeesAsync(ben, "ben", "cid");
        // While nobody hears of it.
        await cid.DisposeAsync();
        RoomClient dan = Open(_one, "dan");
        await SeesAsync(dan, "ann", "dan");
        await SeesAsync(ben, "ben");
        _proxy.Heal();
        await SeesAsync(ann, "ann", "ben", "dan");
        await SeesAsync(ben, "ann", "ben", "dan");
    }

    [Fact]
    public async Task A_short_absence_of_NATS_makes_nobody_leave_and_what_happened_meanwhile_is_seen()
    {
        RoomClient ann = Open(_one, "ann");
        RoomClient ben = Open(_other, "ben");
        await SeesAsync(ann, "ann", "ben");
        await _nats.KillAsync();
        await Wait.UntilAsync(() => _one.Backplane.Problem is not null && _other.Backplane.Problem is not null);
        await ben.DisposeAsync();
        Open(_other, "eve");
        await _nats.StartAgainAsync();
        await SeesAsync(ann, "ann", "eve");
    }

    [Fact]
    public async Task A_server_that_stops_takes_its_clients_with_it_at_once()
    {
        RoomClient ann = Open(_one, "ann");
        await using Node third = await Node.StartAsync(_nats.Url, static options => options.PresenceTimeoutMs = 600_000);
        RoomClient fay = Open(third, "fay");
        await SeesAsync(ann, "ann", "fay");
        await third.DisposeAsync();
        await SeesAsync(ann, "ann");
    }

    private static Task<Node> StartAsync(string url) =>
        Node.StartAsync(url, static options => (options.PresenceTimeoutMs, options.StoreTimeoutMs) = (2000, 30_000));

    private static Task SeesAsync(RoomClient client, params string[] users) => Wait.UntilAsync(
        () => client.Present.SequenceEqual(users), () => $"sees {string.Join(' ', client.Present)}, not {string.Join(' ', users)}");

    private RoomClient Open(Node node, string name)
    {
        var client = new RoomClient("a", () => new Uri($"{node.Server.Urls[0]}/rooms?name={name}"));
        _clients.Add(client);
        return client;
    }
}
