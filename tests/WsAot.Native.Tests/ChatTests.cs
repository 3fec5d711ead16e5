using System.Text;
using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>The route /chat/{room}: what one says, all in the room hear, in the order said, and nobody else.</summary>
public abstract class ChatTests(PublishedApp app, string transport)
{
    [RequiresFact(Tool.Node)]
    public async Task Two_rooms_of_ws_clients_hear_their_own_in_order_and_nothing_of_each_other()
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport);
        JsonElement verdict = await ClientScript.RunAsync("chat.mjs", server.Url + "/chat", "green", "gr%C3%BCn");
        await server.StopAsync();

        int lines = verdict.GetProperty("lines").GetInt32();
        JsonElement[] clients = verdict.Objects("clients");
        Assert.Equal(6, clients.Length);
        foreach (JsonElement client in clients)
        {
            string[] members = Members(clients, client);
            string[] heard = client.Strings("atOnce");
            Assert.Equal(members.Length * lines, heard.Length);
            // Of each member all lines, in the order said; how the members mix is nobody's promise while all speak at once.
            foreach (string member in members)
            {
                Assert.Equal(
                    Enumerable.Range(0, lines).Select(line => $"{member} {line}"),
                    heard.Where(line => line.StartsWith(member + " ", StringComparison.Ordinal)));
            }
        }

        ExpectTurns(clients);
    }

    [RequiresFact(Tool.Python)]
    public async Task Two_rooms_of_python_websockets_clients_hear_their_own_and_nothing_of_each_other()
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport);
        JsonElement verdict = await ClientScript.RunAsync("chat.py", server.Url + "/chat", "one", "two");
        await server.StopAsync();

        JsonElement[] clients = verdict.Objects("clients");
        Assert.Equal(4, clients.Length);
        ExpectTurns(clients);
    }

    [RequiresFact]
    public async Task A_room_with_the_name_of_a_topic_of_another_route_hears_its_own_and_says_nothing_there()
    {
        const string Forged = """{"jsonrpc":"2.0","method":"Said","params":["Eve","x"]}""";
        const string Shout = """{"jsonrpc":"2.0","method":"Shout","params":[{"who":"Ann","text":"x"}]}""";
        // With one loop, what is published is delivered before the next message is looked at.
        await using ServerProcess server = await app.StartAsync("--transport", transport, "--loops", "1");
        using RawConnection caller = await RawConnection.UpgradeAsync(server.Port, "/rpc");
        // Those who are connected to /rpc hear of the topic "rpc".
        using RawConnection room = await RawConnection.UpgradeAsync(server.Port, "/chat/rpc");
        await SayAsync(room, Forged);
        Assert.Equal(Forged, await HearAsync(room));
        await SayAsync(caller, Shout);
        Assert.Equal("""{"jsonrpc":"2.0","method":"Said","params":["Ann","x"]}""", await HearAsync(caller));
        await SayAsync(room, "last");
        Assert.Equal("last", await HearAsync(room));
        await server.StopAsync();
    }

    private static Task SayAsync(RawConnection connection, string text) =>
        connection.SendAsync(RawConnection.Frame(0x81, Encoding.UTF8.GetBytes(text)));

    private static async Task<string> HearAsync(RawConnection connection) =>
        Encoding.UTF8.GetString((await connection.ReadFrameAsync()).Payload);

    private static string[] Members(JsonElement[] clients, JsonElement client) =>
    [
        .. clients
            .Where(other => other.GetProperty("room").GetString() == client.GetProperty("room").GetString())
            .Select(other => other.GetProperty("name").GetString()!),
    ];

    private static void ExpectTurns(JsonElement[] clients)
    {
        foreach (JsonElement client in clients)
        {
            Assert.Equal(Members(clients, client).Select(member => "turn " + member), client.Strings("inTurn"));
        }
    }
}

[Collection(PublishedFile.Name)]
public sealed class EpollChatTests(PublishedApp app) : ChatTests(app, "epoll");

[Collection(PublishedFile.Name)]
public sealed class SocketsChatTests(PublishedApp app) : ChatTests(app, "sockets");
