using WsAot.Tests.Harness;
using WsAot.Tests.Hostile;

namespace WsAot.Tests.Connections;

/// <summary>The clock ends a turn that takes long, however little it has done.</summary>
public sealed class TurnTimeTests : IDisposable
{
    private const int Messages = 100;

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_handler_that_takes_a_millisecond_has_a_few_messages_in_a_turn()
    {
        TestClient honest = _server.Open("/echo");
        TestClient slow = Slow(static _ => 1);
        Send(slow);
        // The clock is first looked at after 64 messages, and then after 8: only then does the loop know how long they take here.
        List<int> turns = RunAll(honest);
        Assert.Equal(72, turns[0]);
        Assert.All(turns.Skip(1), static messages => Assert.InRange(messages, 1, 4));
    }

    [Fact]
    public void And_many_again_once_it_is_quick()
    {
        TestClient honest = _server.Open("/echo");
        bool isSlow = true;
        TestClient client = Slow(_ => isSlow ? 1 : 0);
        Send(client);
        RunAll(honest);
        isSlow = false;
        Send(client);
        Assert.Equal([Messages], RunAll(honest));
    }

    [Fact]
    public void The_clock_is_looked_at_after_a_few_long_messages()
    {
        TestClient honest = _server.Open("/echo");
        TestClient slow = Slow(static _ => 1);
        // A kibibyte costs as much as two messages: 16 bytes a unit.
        slow.Peer.Send(Wire.Repeat(Frame.Text(new string('x', 1024)), 40));
        Assert.Equal(32 + 4, RunAll(honest)[0]);
    }

    [Fact]
    public void The_more_connections_have_much_to_do_the_shorter_are_their_turns()
    {
        TestClient honest = _server.Open("/echo");
        TestClient[] clients = [.. Enumerable.Range(0, 16).Select(_ => Slow(static _ => 1))];
        foreach (TestClient client in clients) Send(client);
        List<int> turns = RunAll(honest);
        // One message each, and no more, once all 16 wait for turns.
        Assert.All(turns.Skip(1).Take(20), messages => Assert.InRange(messages, 1, clients.Length));
    }

    /// <summary>Gives how many messages were handled in each batch, with an echo in each.</summary>
    private List<int> RunAll(TestClient honest)
    {
        List<int> turns = [];
        for (int before = 0; ; before = _server.Journal.Count)
        {
            honest.Peer.Send(Frame.Text("in between"));
            _server.Transport.RunBatch();
            Assert.Equal("in between", honest.NextText());
            if (_server.Journal.Count == before) break;
            turns.Add(_server.Journal.Count - before);
        }

        _server.Journal.Clear();
        return turns;
    }

    private TestClient Slow(Func<string, int> ms)
    {
        _server.Script.OnText((_, text) => _server.Time.Advance(ms(text)));
        TestClient client = _server.Open("/script");
        _server.Journal.Clear();
        return client;
    }

    private static void Send(TestClient client) => client.Peer.Send(Wire.Repeat(Frame.Text("x"), Messages));
}
