using System.Text.Json;
using WsAot.Connections;
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

/// <summary>What one client can make the server hold counts against the limits of its connection.</summary>
public sealed class HeldTests() : RpcTests(static options =>
{
    options.MaxPendingInputBytes = InputLimit;
    options.MaxPendingOutputBytes = OutputLimit;
})
{
    private const int InputLimit = 8000;
    private const int OutputLimit = 8000;
    private const int MaxMessage = 1200;

    // The texts that pending calls hold, and what lets each go.
    private readonly List<(string Text, TaskCompletionSource<string> End)> _kept = [];

    private readonly HashSet<int> _unanswered = [];
    private int _ids;

    private Session Session => Script.Connection.Session;

    [Fact]
    public void At_half_of_the_input_limit_no_call_begins_until_half_of_that_is_free_and_none_is_lost()
    {
        KeepCalls();
        for (int i = 0; i < 10; i++) Client.Say(Keep(i, 1000));
        // Four hold more than half: the others wait, those that would end at once as well.
        Client.Say(Request("sum", "[1,2,4]", "10"));
        Assert.Equal(4, _kept.Count);
        Client.ExpectNothing();
        EndOne(0);
        EndOne(0);
        Assert.Equal(2, _kept.Count);
        EndOne(0);
        Assert.Equal(4, _kept.Count);
        while (_kept.Count > 0) EndOne(0);
        IEnumerable<int> ids = Client.Drain().Select(static frame => IdOf(JsonDocument.Parse(frame.Payload).RootElement));
        Assert.Equal(Enumerable.Range(0, 11), ids.Order());
        Assert.Equal(0, HeldBytes.CountedInput(Session));
    }

    [Fact]
    public void While_messages_wait_answers_and_cancellations_reach_the_calls()
    {
        KeepCalls();
        Script.Ask = async cancelled => await Script.Client.AskName("who?", cancelled);
        Client.Say(Request("Ask", "[]", "\"asks\""));
        Assert.Contains("ask/name", Client.NextText(), StringComparison.Ordinal);
        for (int i = 0; i < 6; i++) Client.Say(Keep(i, 1000));
        Assert.Equal(4, _kept.Count);
        Client.Say(Result("\"Ann\"", "\"s1\""));
        ExpectAnswer(Result("\"Ann\"", "\"asks\""));
        Client.Say(Notification("$/cancelRequest", """{"id":2}"""));
        ExpectAnswer(Error(-32800, "Request cancelled", "2"));
        // It waits itself: what cancels it waits behind it.
        Client.Say(Notification("$/cancelRequest", """{"id":5}"""));
        Client.ExpectNothing();
        while (_kept.Count > 0) EndOne(0);
        Assert.Contains(Error(-32800, "Request cancelled", "5"), Client.Texts(), StringComparison.Ordinal);
        Assert.Empty(Server.Log.Errors);
    }

    [Theory]
    [InlineData("$\\/cancelRequest", false)]
    [InlineData("$/cancelRequest", true)]
    public void Cancellations_reach_them_in_a_batch_and_with_escapes_too(string method, bool isBatch)
    {
        string message = Notification(method, "[2]");
        if (isBatch) message = $"[{Notification(method, "[1]")},{message}]";
        KeepCalls();
        for (int i = 0; i < 6; i++) Client.Say(Keep(i, 1000));
        Assert.Equal(4, _kept.Count);
        Client.Say(message);
        Assert.Contains(Error(-32800, "Request cancelled", "2"), Client.Texts(), StringComparison.Ordinal);
        while (_kept.Count > 0) EndOne(0);
    }

    [Fact]
    public void What_waits_and_what_is_held_stay_within_the_input_limit_together()
    {
        KeepCalls();
        byte[] call = Frame.Text(Keep(1, 1000));
        for (int i = 0; i < 100; i++) Client.Peer.Send(call);
        Server.Run();
        Assert.InRange(HeldBytes.CountedInput(Session) + HeldBytes.Queued(Session), InputLimit, InputLimit + MaxMessage);
        Assert.True(Session.Transport.IsReadingPaused);
        while (_kept.Count > 0) EndOne(0);
        Assert.Equal(100, Client.Drain().Count);
    }

    [Fact]
    public void Answers_of_a_batch_that_goes_on_are_output_and_at_its_limit_no_call_begins()
    {
        KeepCalls();
        string echo = string.Join(',', Enumerable.Repeat(Request("Echo", $"[\"{new string('x', 900)}\"]"), 5));
        Client.Say($"[{Keep(1, 10)},{echo}]");
        Client.Say($"[{Keep(2, 10)},{echo}]");
        Assert.InRange(Script.Connection.PendingOutputBytes, OutputLimit, OutputLimit + 2000);
        Client.Say(Request("sum", "[1,2,4]", "9"));
        Client.ExpectNothing();
        EndOne(1);
        Assert.Equal(2, JsonDocument.Parse(Client.NextText()).RootElement[5].GetProperty("id").GetInt32());
        Client.ExpectNothing();
        EndOne(0);
        Assert.Equal(1, JsonDocument.Parse(Client.NextText()).RootElement[5].GetProperty("id").GetInt32());
        ExpectAnswer(Result("7", "9"));
        Assert.Equal(0, Script.Connection.PendingOutputBytes);
    }

    [Fact]
    public void A_batch_whose_answers_are_more_than_the_limit_is_finished_all_the_same()
    {
        string echo = string.Join(',', Enumerable.Repeat(Request("Echo", $"[\"{new string('x', 900)}\"]"), 20));
        Client.Say($"[{echo}]");
        Assert.Equal(20, JsonDocument.Parse(Client.NextText()).RootElement.GetArrayLength());
        Expect(Request("sum", "[1,2,4]"), Result("7"));
    }

    [Fact]
    public void When_the_connection_ends_what_waited_is_called_and_OnClose_comes_last()
    {
        KeepCalls();
        for (int i = 0; i < 8; i++) Client.Say(Keep(i, 1000));
        Client.Reset();
        Assert.Equal(["open", "close 1006"], Server.Journal);
        Assert.Empty(_kept);
        Assert.Empty(Server.Log.Errors);
    }

    /// <summary>Whatever comes in whatever order, all that is held is counted, and the limits hold.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_counted_is_what_is_held(int seed)
    {
        KeepCalls();
        var random = new Random(seed);
        bool hasWaited = false;
        for (int step = 0; step < 1500; step++)
        {
            Client.Peer.WindowBytes = random.Next(8) == 0 ? 100_000 : 200;
            if (random.Next(3) > 0) Client.Say(NextMessage(random));
            else if (_kept.Count > 0) EndOne(random.Next(_kept.Count));
            Hear();
            Check();
            hasWaited |= HeldBytes.Queued(Session) > 0;
        }

        Client.Peer.WindowBytes = int.MaxValue;
        do
        {
            while (_kept.Count > 0) EndOne(0);
            Hear();
        }
        while (_kept.Count > 0);
        Assert.Empty(_unanswered);
        Assert.Equal((0, 0, 0), (HeldBytes.CountedInput(Session), HeldBytes.CountedOutput(Session), HeldBytes.Queued(Session)));
        Assert.True(hasWaited);
    }

    private static int IdOf(JsonElement answer) => answer.GetProperty("id").GetInt32();

    private static string Keep(int id, int length) => Request("Keep", $"[\"{new string('k', length)}\"]", $"{id}");

    private static string Echo(int id, int length) => Request("Echo", $"[\"{new string('e', length)}\"]", $"{id}");

    /// <summary>Has the method go on until the test ends it, or it is cancelled.</summary>
    private void KeepCalls() => Script.Keep = async (text, cancelled) =>
    {
        (string Text, TaskCompletionSource<string> End) kept = (text, new TaskCompletionSource<string>());
        _kept.Add(kept);
        cancelled.Register(() =>
        {
            if (_kept.Remove(kept)) kept.End.SetCanceled(cancelled);
        });
        return await kept.End.Task;
    };

    private void EndOne(int index)
    {
        (string text, TaskCompletionSource<string> end) = _kept[index];
        _kept.RemoveAt(index);
        end.SetResult(text);
        Server.Run();
    }

    private string NextMessage(Random random) => random.Next(5) switch
    {
        0 or 1 => Keep(NextId(), random.Next(900)),
        2 => Echo(NextId(), random.Next(900)),
        3 => $"[{string.Join(',', Enumerable.Range(0, 3).Select(_ => random.Next(2) == 0 ? Keep(NextId(), 200) : Echo(NextId(), 200)))}]",
        // Of a call that runs, one that waits, or none.
        _ => Notification("$/cancelRequest", $"[{random.Next(1000, 1001 + _ids)}]"),
    };

    /// <summary>An id of four digits.</summary>
    private int NextId()
    {
        _unanswered.Add(1000 + ++_ids);
        return 1000 + _ids;
    }

    private void Hear()
    {
        while (Client.TryNext() is { } frame)
        {
            JsonElement answer = JsonDocument.Parse(frame.Payload).RootElement;
            foreach (JsonElement each in answer.ValueKind == JsonValueKind.Array ? [.. answer.EnumerateArray()] : new[] { answer })
            {
                Assert.True(_unanswered.Remove(IdOf(each)), "each call is answered once");
            }

            Server.Run();
        }
    }

    private void Check()
    {
        // ["text"] and an id of four digits.
        Assert.Equal(_kept.Sum(static kept => kept.Text.Length + 8), HeldBytes.CountedInput(Session));
        Assert.Equal(HeldBytes.BatchAnswers(Session), HeldBytes.CountedOutput(Session));
        Assert.InRange(HeldBytes.CountedInput(Session) + HeldBytes.Queued(Session), 0, InputLimit + MaxMessage);
        Assert.InRange(HeldBytes.CountedInput(Session), 0, (InputLimit / 2) + MaxMessage);
        Assert.InRange(HeldBytes.Deferred(Session), 0, TestServer.ReceiveBufferBytes);
        // Calls that have begun are answered beyond the limit: at most as much as they hold, and what is around it.
        Assert.InRange(Script.Connection.PendingOutputBytes, 0, OutputLimit + MaxMessage + (InputLimit / 2) + (32 * 60));
    }
}
