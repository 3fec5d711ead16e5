using System.Text.Json.Nodes;
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc.Subscribing;

/// <summary>Who is there, for those who ask.</summary>
public sealed class PresenceTests : IDisposable
{
    private const string Topic = "room/lobby";

    private readonly TestServer _server = new(loops: 2);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Who_comes_and_goes_is_told_together_after_a_while()
    {
        TestClient ann = Enter("ann");
        Assert.Equal("v0:", Ask(ann));
        Tick();
        Assert.Equal("v1 +ann", Changes(ann));
        TestClient ben = Enter("ben"), cyd = Enter(null);
        Ask(ben, wantsPresence: false);
        // As of the last change that was told: the newcomers hear of each other by the next.
        Assert.Equal("v1:ann", Ask(cyd));
        ann.ExpectNothing();
        Tick();
        Assert.Equal("v2 +?,ben", Changes(ann));
        Assert.Equal("v2 +?,ben", Changes(cyd));
        ben.ExpectNothing();
        ben.Reset();
        Say(cyd, "$/unsubscribe");
        Assert.Contains("null", cyd.NextText(), StringComparison.Ordinal);
        Tick();
        Assert.Equal("v3 -2", Changes(ann));
        cyd.ExpectNothing();
        Assert.Equal("ann", string.Join(',', _server.Server.GetPresent(Topic).Select(static member => member.User)));
    }

    [Fact]
    public void Who_comes_and_goes_between_is_not_told_nor_who_goes_and_comes_back()
    {
        TestClient ann = Enter("ann"), ben = Enter("ben");
        Ask(ann);
        Ask(ben);
        Tick();
        Assert.Equal("v1 +ann,ben", Changes(ann));
        Changes(ben);
        TestClient cyd = Enter("cyd");
        Ask(cyd);
        cyd.Reset();
        Say(ben, "$/unsubscribe");
        ben.NextText();
        Assert.Equal("v1:ann,ben", Ask(ben));
        Tick();
        ann.ExpectNothing();
        ben.ExpectNothing();
        Assert.Equal(2, _server.Server.GetPresent(Topic).Count);
    }

    [Fact]
    public void Who_subscribes_again_is_there_once_and_hears_each_change_once()
    {
        TestClient ann = Enter("ann");
        Ask(ann);
        Ask(ann);
        Tick();
        Assert.Equal("v1 +ann", Changes(ann));
        Assert.Equal("v1:ann", Ask(ann, wantsPresence: true));
        Ask(ann, wantsPresence: false);
        Enter("ben");
        Tick();
        ann.ExpectNothing();
    }

    [Fact]
    public void So_many_are_there_and_no_more()
    {
        TestClient[] clients = [Enter("a"), Enter("b"), Enter("c"), Enter("d")];
        foreach (TestClient client in clients.AsSpan(0, 3)) Ask(client);
        Say(clients[3], "$/subscribe");
        Assert.Equal("""{"jsonrpc":"2.0","error":{"code":-32005,"message":"Topic is full"},"id":1}""", clients[3].NextText());
        Assert.Equal(3, _server.Server.GetSubscriberCount(Topic));
        clients[0].Reset();
        _server.Run();
        Assert.Equal("v0:", Ask(clients[3]));
        // One that is there may ask again.
        Ask(clients[1]);
        Assert.Equal(3, _server.Server.GetPresent(Topic).Count);
    }

    [Fact]
    public void The_list_is_written_once_for_a_crowd()
    {
        TestClient ann = Enter("ann"), ben = Enter("ben"), cyd = Enter("cyd");
        Ask(ann);
        Tick();
        Ask(ben);
        WsAot.Topics.Topic topic = _server.Server.Context.Topics.Join(Topic, 0);
        WsAot.Topics.TopicPresence presence = topic.Presence!;
        WsAot.Topics.SharedFrame first = presence.Write();
        Ask(cyd);
        Assert.Same(first, presence.Write());
        Tick();
        Assert.NotSame(first, presence.Write());
        topic.Leave(0);
    }

    [Fact]
    public void A_connection_that_the_application_subscribes_is_there_too()
    {
        TestClient ann = Enter("ann");
        Ask(ann);
        Tick();
        Changes(ann);
        _server.Open("/script");
        WsConnection connection = _server.Server.GetConnections().MaxBy(static connection => connection.Id)!;
        connection.Subscribe(Topic);
        _server.Run();
        Tick();
        Assert.Equal("v2 +?", Changes(ann));
        connection.Unsubscribe(Topic);
        _server.Run();
        Tick();
        Assert.Equal("v3 -1", Changes(ann));
    }

    private TestClient Enter(string? user) => _server.Open(user is null ? "/rooms" : "/rooms?user=" + user);

    private void Tick()
    {
        _server.Time.Advance(100);
        _server.Run();
    }

    private static void Say(TestClient client, string method, string presence = "false") => client.Say(
        $$"""{"jsonrpc":"2.0","method":"{{method}}","params":{"topic":"{{Topic}}","presence":{{presence}}},"id":1}""");

    /// <summary>Subscribes.</summary>
    /// <returns>The version and the users of the answer.</returns>
    private static string Ask(TestClient client, bool wantsPresence = true)
    {
        Say(client, "$/subscribe", wantsPresence ? "true" : "false");
        Assert.NotNull(JsonNode.Parse(client.NextText())!["result"]);
        if (!wantsPresence) return "";
        JsonNode list = JsonNode.Parse(client.NextText())!["params"]!;
        Assert.Equal(Topic, (string?)list["topic"]);
        return $"v{list["version"]}:{Users(list["present"]!)}";
    }

    private static string Users(JsonNode members) =>
        string.Join(',', members.AsArray().Select(static member => (string?)member!["user"] ?? "?").Order(StringComparer.Ordinal));

    private static string Changes(TestClient client) => string.Join(' ', client.Drain().Select(static frame =>
    {
        JsonNode parameters = JsonNode.Parse(frame.Utf8)!["params"]!;
        Assert.Equal(Topic, (string?)parameters["topic"]);
        string joined = Users(parameters["joined"]!), change = $"v{parameters["version"]}";
        int left = parameters["left"]!.AsArray().Count;
        if (left > 0) change += $" -{left}";
        return joined.Length > 0 ? $"{change} +{joined}" : change;
    }));
}
