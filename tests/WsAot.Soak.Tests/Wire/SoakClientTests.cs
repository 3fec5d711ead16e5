using WsAot.Soak.Checks;
using WsAot.Soak.Wire;
using WsAot.TestKit.Deflate;
using WsAot.TestKit.Frames;

namespace WsAot.Soak.Tests.Wire;

/// <summary>The client beside a server that does wrong: what the ledger is told is what came over the wire.</summary>
public sealed class SoakClientTests
{
    private const string Deflate = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n";

    [Fact]
    public async Task A_server_that_drops_an_answer_is_found_out()
    {
        Faults faults = new();
        EchoLedger ledger = new("echo", faults);
        foreach (byte[] payload in new[] { "a"u8.ToArray(), "b"u8.ToArray(), "c"u8.ToArray() }) ledger.OnSending(Opcode.Text, payload);
        List<Incoming> heard = await HearAsync("", [0x81, 1, (byte)'a', 0x81, 1, (byte)'c', 0x88, 2, 0x03, 0xe8]);
        foreach (Incoming incoming in heard.Where(incoming => incoming.IsMessage)) ledger.OnReceived(incoming.Kind, incoming.Payload);
        Assert.Contains("lost or out of order", Assert.Single(faults.First), StringComparison.Ordinal);
        Assert.Equal(1000, heard[^1].CloseCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tcp_that_ends_without_a_close_frame_has_no_code(bool usesTls) =>
        Assert.Null(Assert.Single(await HearAsync("", [], usesTls)).CloseCode);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fragments_make_one_message_and_pings_are_answered(bool usesTls)
    {
        using FakeServer server = new(usesTls, "", 0x01, 1, (byte)'a', 0x89, 1, (byte)'p', 0x80, 1, (byte)'b', 0x88, 2, 0x03, 0xe9);
        using (SoakClient client = await SoakClient.ConnectAsync(server.Address, "/", offersDeflate: false, default))
        {
            Assert.Equal("ab"u8.ToArray(), (await client.ReceiveAsync(default)).Payload);
            Assert.Equal(1001, (await client.ReceiveAsync(default)).CloseCode);
        }

        byte[] sent = await server.Ended;
        Assert.Equal([0x8a, 0x81], sent[..2]);
        Assert.Equal('p', sent[6] ^ sent[2]);
        Assert.Equal([0x88, 0x82], sent[7..9]);
    }

    // RFC 7692 section 7.2.3.2: the second "Hello" refers to the window that the first one filled.
    [Fact]
    public async Task Compressed_messages_are_inflated_with_the_servers_context()
    {
        List<Incoming> heard = await HearAsync(
            Deflate,
            [0xc1, 7, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0xc1, 5, 0xf2, 0x00, 0x11, 0x00, 0x00]);
        Assert.Equal("Hello"u8.ToArray(), heard[0].Payload);
        Assert.Equal("Hello"u8.ToArray(), heard[1].Payload);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100_000)]
    public void What_is_deflated_inflates_to_itself(int length)
    {
        byte[] payload = new byte[length];
        new Random(length).NextBytes(payload.AsSpan(length / 2));
        using MessageInflater inflater = new();
        for (int i = 0; i < 2; i++) Assert.Equal(payload, inflater.Inflate(PlatformDeflate.Compress(payload)));
    }

    [Theory]
    [InlineData(new byte[] { 0x81, 0x81, 0, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0x80, 1, 1 })]
    [InlineData(new byte[] { 0x83, 1, 1 })]
    [InlineData(new byte[] { 0xc1, 1, 0 })]
    public async Task A_frame_that_does_not_belong_there_is_a_fault(byte[] frame) =>
        await Assert.ThrowsAsync<WireException>(() => HearAsync("", frame));

    private static async Task<List<Incoming>> HearAsync(string extensions, byte[] frames, bool usesTls = false)
    {
        using FakeServer server = new(usesTls, extensions, frames);
        using SoakClient client = await SoakClient.ConnectAsync(server.Address, "/", extensions.Length > 0, default);
        List<Incoming> heard = [];
        do heard.Add(await client.ReceiveAsync(default));
        while (!heard[^1].IsEnd);
        return heard;
    }
}
