using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

public sealed class MessageTests : IDisposable
{
    private static readonly byte[] s_conversation =
    [
        .. Frame.Text("hello"), .. Frame.Ping("p"), .. Frame.Text("a", fin: false), .. Frame.Ping("between"),
        .. Frame.Continuation("", fin: false),
        .. Frame.Continuation("é"), .. Frame.Text(""), .. Frame.Binary(new byte[300]), .. Frame.Binary(new byte[60_000]),
        .. Frame.Close(1000, "bye"),
    ];

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_conversation_in_one_piece() => Converse([s_conversation.Length]);

    [Fact]
    public void A_conversation_byte_by_byte() => Converse(Enumerable.Repeat(1, s_conversation.Length));

    [Fact]
    public void A_conversation_split_at_random()
    {
        var random = new Random(3);
        for (int round = 0; round < 50; round++)
        {
            Converse(Enumerable.Range(0, s_conversation.Length).Select(_ => 1 + random.Next(1 << random.Next(15))));
        }
    }

    [Fact]
    public void Synchronous_handlers_take_messages_in_order_and_answer_in_one_send()
    {
        TestClient client = _server.Open("/echo");
        int calls = client.Peer.ReceivedCalls;
        client.SendRaw(Frame.Text("a"), Frame.Text("b"), Frame.Text("c"));
        Assert.Equal("a b c", client.Texts());
        Assert.Equal(calls + 1, client.Peer.ReceivedCalls);
    }

    [Fact]
    public void A_message_is_text_or_binary_and_its_size_is_as_it_was()
    {
        TestClient client = _server.Open("/echo");
        foreach (int size in new[] { 0, 1, 125, 126, 65_535, 65_536 })
        {
            client.SendRaw(Frame.Binary(new byte[size]));
            Assert.Equal((2, size), (client.Next() is var frame ? frame.Opcode : 0, frame.Payload.Length));
        }
    }

    [Fact]
    public void A_text_can_be_sent_as_string_or_utf8_and_a_lone_surrogate_is_replaced()
    {
        _server.Script.OnText(static (connection, text) =>
        {
            connection.Send(text + "\ud800");
            connection.Send(text.AsSpan());
            connection.Send("utf8"u8);
            connection.Send("memory"u8.ToArray().AsMemory());
            connection.SendBinary(new byte[] { 1 }.AsMemory());
        });
        TestClient client = _server.Open("/script");
        client.Say(new string('é', 1000));
        Assert.Equal(new string('é', 1000) + "\ufffd", client.NextText());
        Assert.Equal($"{new string('é', 1000)} utf8 memory \u0001", client.Texts());
    }

    [Fact]
    public void A_pong_comes_to_the_handler_and_the_answer_to_a_ping_has_its_payload()
    {
        _server.Script.OnOpen(static connection => connection.Ping("you there?"u8));
        TestClient client = _server.Open("/script");
        Assert.Equal((9, "you there?"), (client.Next() is var ping ? ping.Opcode : 0, ping.Utf8));
        client.SendRaw(Frame.Pong("yes"), Frame.Ping("and you?"));
        Assert.Equal((10, "and you?"), (client.Next() is var pong ? pong.Opcode : 0, pong.Utf8));
        Assert.Equal(["open", "pong yes"], _server.Journal);
    }

    [Fact]
    public void A_ping_of_more_than_125_bytes_cannot_be_sent()
    {
        _server.Script.OnOpen(static connection => connection.Ping(new byte[126]));
        _server.Open("/script").ExpectClose(1011);
    }

    [Theory]
    [InlineData("/text-only", false, "this route takes no binary messages")]
    [InlineData("/binary-only", true, "this route takes no text messages")]
    public void A_message_of_a_type_that_the_handler_does_not_take_closes_with_1003(string path, bool isText, string reason)
    {
        TestClient client = _server.Open(path);
        client.SendRaw(isText ? Frame.Text("a") : Frame.Binary([1]));
        client.ExpectClose(1003, reason);
    }

    private void Converse(IEnumerable<int> pieces)
    {
        TestClient client = _server.Open("/echo");
        int sent = 0;
        foreach (int piece in pieces)
        {
            int length = Math.Min(piece, s_conversation.Length - sent);
            if (length == 0) break;
            client.SendRaw(s_conversation[sent..(sent + length)]);
            sent += length;
        }

        var answers = new List<string>();
        while (client.TryNext() is { } frame)
        {
            answers.Add($"{frame.Opcode} {(frame.Payload.Length < 20 ? frame.Utf8 : frame.Payload.Length)}");
        }

        Assert.Equal(["1 hello", "10 p", "10 between", "1 aé", "1 ", "2 300", "2 60000", "8 \u0003\ufffd"], answers);
    }
}
