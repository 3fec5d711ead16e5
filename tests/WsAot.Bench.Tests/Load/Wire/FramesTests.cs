using WsAot.Bench.Load.Wire;

namespace WsAot.Bench.Tests.Load.Wire;

public sealed class FramesTests
{
    [Theory]
    [InlineData(0, new byte[] { 0x82, 0x00 })]
    [InlineData(125, new byte[] { 0x82, 0x7D })]
    [InlineData(126, new byte[] { 0x82, 0x7E, 0x00, 0x7E })]
    [InlineData(65_535, new byte[] { 0x82, 0x7E, 0xFF, 0xFF })]
    [InlineData(65_536, new byte[] { 0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0 })]
    public void A_length_takes_the_shortest_form(int length, byte[] header)
    {
        byte[] payload = Payload.Binary(length);
        Assert.Equal([.. header, .. payload], Frames.FromServer(Opcode.Binary, payload));

        byte[] masked = Frames.FromClient(Opcode.Binary, payload);
        Assert.Equal(header.Length + 4 + length, masked.Length);
        Assert.Equal(header[1] | 0x80, masked[1]);
        byte[] key = masked[header.Length..(header.Length + 4)];
        Assert.DoesNotContain((byte)0, key);
        Assert.Equal(payload, masked[(header.Length + 4)..].Select((value, i) => (byte)(value ^ key[i % 4])));
    }

    [Fact]
    public void A_compressed_message_has_RSV1_and_inflates()
    {
        byte[] payload = Payload.Json(1024);
        byte[] deflated = MessageDeflate.Deflate(payload);
        Assert.InRange(deflated.Length, 1, payload.Length / 2);
        Assert.Equal(payload, MessageDeflate.Inflate(deflated));
        Assert.Equal(0xC1, Frames.FromClient(Opcode.Text, deflated, isCompressed: true)[0]);
    }

    [Fact]
    public void A_ping_is_answered_when_it_is_whole()
    {
        PingReader ping = new();
        Assert.Null(ping.Take(PingReader.FirstByte));
        Assert.True(ping.IsInside);
        Assert.Null(ping.Take(2));
        Assert.Null(ping.Take(1));
        Assert.Equal(Frames.FromClient(Opcode.Pong, [1, 2]), ping.Take(2));
        Assert.False(ping.IsInside);
    }

    [Fact]
    public void The_same_bytes_again_and_again()
    {
        EndlessBytes bytes = new([1, 2, 3], 4);
        Assert.Equal([3, 1, 2, 3], bytes.Stretch(2, 4).ToArray());
        Assert.Equal([2, 3, 1, 2, 3, 1], bytes.From(1).ToArray());
    }
}
