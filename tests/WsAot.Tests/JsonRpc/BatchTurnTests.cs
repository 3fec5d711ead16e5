using WsAot.Loops;
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

/// <summary>A batch that takes more than a turn goes on in the next ones; its answer and the order of all messages stay the same.</summary>
public sealed class BatchTurnTests : IDisposable
{
    private const int CallsEachTurn = 3;

    private readonly TestServer _server = new(build: static builder => builder.TurnUnits = CallsEachTurn * TurnCosts.Message);
    private readonly TestClient _client;
    private readonly TestClient _honest;
    private int _calls;

    public BatchTurnTests()
    {
        _client = _server.Open("/rpc");
        _honest = _server.Open("/echo");
        _server.Script.Rpc.Answer = () => $"{++_calls}";
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Others_have_their_turns_in_between()
    {
        _client.Peer.Send(Batch(10));
        for (int expected = CallsEachTurn; expected < 10; expected += CallsEachTurn)
        {
            RunBatch();
            Assert.Equal(expected, _calls);
        }

        _server.Run();
        Assert.Equal(Answers(10), _client.NextText());
        _client.ExpectNothing();
    }

    [Fact]
    public void What_comes_after_it_waits_for_its_end()
    {
        _client.Peer.Send([.. Batch(10), .. Frame.Text(Call(11)), .. Batch(5, 12)]);
        RunBatch();
        Assert.Equal(CallsEachTurn, _calls);
        _server.Run();
        Assert.Equal(Answers(10), _client.NextText());
        Assert.Equal(Answer(11), _client.NextText());
        Assert.Equal(Answers(5, 12), _client.NextText());
    }

    [Fact]
    public void Calls_that_throw_cost_so_much_that_the_clock_is_looked_at()
    {
        _server.Script.Rpc.Answer = () =>
        {
            _calls++;
            throw new JsonRpcException(1, "thrown");
        };
        _client.Peer.Send(Batch(4));
        RunBatch();
        Assert.Equal(1, _calls);
        _server.Run();
        Assert.Equal(4, _calls);
        Assert.Contains("thrown", _client.NextText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pending_calls_of_it_are_answered_with_it()
    {
        IEnumerable<string> calls = Enumerable.Range(0, 9)
            .Select(static i => $$"""{"jsonrpc":"2.0","method":"Pass","params":[{{i}}],"id":{{i}}}""");
        _client.Peer.Send(Frame.Text($"[{string.Join(',', calls)}]"));
        RunBatch();
        for (int i = 0; i < 3; i++) _server.LetOneGo();
        for (int i = 0; i < 6; i++) _server.LetOneGo();
        string answer = _client.NextText();
        for (int i = 0; i < 9; i++) Assert.Contains($"\"result\":{i},", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_closes_the_connection_in_a_later_turn_ends_it()
    {
        _server.Script.Rpc.Answer = () =>
        {
            if (++_calls == 5) _server.Script.Rpc.Connection.Close(4000);
            return "";
        };
        _client.Peer.Send([.. Batch(10), .. Frame.Text(Call(11))]);
        _server.Run();
        Assert.Equal(5, _calls);
        Assert.Equal(4000, _client.Next().CloseCode);
        _client.Reset();
        Assert.Equal("close 4000", _server.Journal[^1]);
    }

    [Fact]
    public void The_end_of_the_connection_ends_it_and_OnClose_comes_last()
    {
        _client.Peer.Send(Batch(10));
        RunBatch();
        _client.Peer.Reset();
        _server.Run();
        // Like all that was received before the end, its calls are still made.
        Assert.Equal(10, _calls);
        Assert.Equal("close 1006", _server.Journal[^1]);
        Assert.Equal(1, _server.Server.ConnectionCount);
    }

    [Fact]
    public void JSON_is_charged_by_its_length_whatever_becomes_of_it()
    {
        byte[] refused = Frame.Text($"[{string.Join(',', Enumerable.Repeat("{}", 1000))}]");
        _client.Peer.Send([.. refused, .. refused, .. refused]);
        for (int answers = 1; answers <= 3; answers++)
        {
            RunBatch();
            Assert.Contains("a batch may have at most 100 calls", _client.NextText(), StringComparison.Ordinal);
            _client.ExpectNothing();
        }
    }

    [Fact]
    public void What_the_server_closes_between_two_turns_makes_no_further_call()
    {
        _client.Peer.Send([.. Batch(10), .. Frame.Text(Call(11))]);
        RunBatch();
        _server.Script.Rpc.Connection.Close(4000);
        _server.Run();
        Assert.InRange(_calls, CallsEachTurn, 2 * CallsEachTurn);
        Assert.Equal(4000, _client.Next().CloseCode);
        _client.Reset();
        Assert.Equal("close 4000", _server.Journal[^1]);
        Assert.Equal(1, _server.Server.ConnectionCount);
    }

    /// <summary>Like messages that wait, it was received before the end, and is handled.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_close_or_a_FIN_right_behind_it_ends_the_connection_when_all_calls_are_made(bool isClose)
    {
        _client.Peer.Send(isClose ? [.. Batch(10), .. Frame.Close(1000)] : Batch(10));
        if (!isClose) _client.Peer.Shutdown();
        _server.Run();
        _client.Peer.Shutdown();
        _server.Run();
        Assert.Equal(10, _calls);
        Assert.Equal(isClose ? "close 1000" : "close 1006", _server.Journal[^1]);
    }

    private static byte[] Batch(int count, int first = 1) =>
        Frame.Text($"[{string.Join(',', Enumerable.Range(first, count).Select(Call))}]");

    private static string Call(int id) => $$"""{"jsonrpc":"2.0","method":"Answer","id":{{id}}}""";

    private static string Answers(int count, int first = 1) => $"[{string.Join(',', Enumerable.Range(first, count).Select(Answer))}]";

    private static string Answer(int id) => $$"""{"jsonrpc":"2.0","result":"{{id}}","id":{{id}}}""";

    private void RunBatch()
    {
        _honest.Peer.Send(Frame.Text("in between"));
        _server.Transport.RunBatch();
        Assert.Equal("in between", _honest.NextText());
    }
}
