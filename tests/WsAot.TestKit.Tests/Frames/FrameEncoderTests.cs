using WsAot.TestKit.Frames;

namespace WsAot.TestKit.Tests.Frames;

public sealed class FrameEncoderTests
{
    // RFC 6455 section 5.7.
    [Fact]
    public void The_examples_of_the_rfc_are_written()
    {
        Assert.Equal(Convert.FromHexString("810548656C6C6F"), FrameEncoder.Unmasked(0x81, "Hello"u8));
        Assert.Equal(Convert.FromHexString("818537FA213D7F9F4D5158"), FrameEncoder.Masked(0x81, "Hello"u8));
        Assert.Equal(Convert.FromHexString("818537FA213D7F9F4D5158"), ClientFrame.Text("Hello").ToBytes());
        Assert.Equal(
            Convert.FromHexString("0103").Concat("Hel"u8.ToArray()),
            (ClientFrame.Text("Hel", fin: false) with { IsMasked = false }).ToBytes());
        Assert.Equal(Convert.FromHexString("827E0100"), FrameEncoder.Unmasked(0x82, new byte[256])[..4]);
        Assert.Equal(Convert.FromHexString("827F0000000000010000"), FrameEncoder.Unmasked(0x82, new byte[65536])[..10]);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65_535, 4)]
    [InlineData(65_536, 10)]
    public void What_is_written_is_read_again(int length, int headerBytes)
    {
        byte[] frame = FrameEncoder.Unmasked(0xC2, new byte[length]);
        Assert.Equal(headerBytes + length, frame.Length);
        Assert.Equal(headerBytes, ServerFrameHeader.LengthOf(frame[1]));
        ServerFrameHeader header = ServerFrameHeader.Read(frame);
        Assert.Equal(new ServerFrameHeader(0xC2, (ulong)length, null), header);
        Assert.Equal((Opcode.Binary, true, 4), (header.Opcode, header.Fin, header.Rsv));
    }

    [Fact]
    public void Frames_that_no_endpoint_may_send_can_be_written()
    {
        Assert.Equal(
            Convert.FromHexString("B37E0003"),
            new ClientFrame((Opcode)3, new byte[3]) { Rsv = 3, IsMasked = false, LengthForm = LengthForm.Bits16 }.Header());
        Assert.Equal(
            Convert.FromHexString("82FFFFFFFFFFFFFFFFFF01020304"),
            new ClientFrame(Opcode.Binary, default) { DeclaredLength = ulong.MaxValue, MaskingKey = new byte[] { 1, 2, 3, 4 } }.ToBytes());
    }

    [Theory]
    [InlineData("818101020304", "masked")]
    [InlineData("817E007D", "shortest")]
    [InlineData("817F000000000000FFFF", "shortest")]
    [InlineData("817F8000000000000000", "top bit")]
    public void A_header_that_no_server_may_send_is_found(string hex, string fault) =>
        Assert.Contains(fault, ServerFrameHeader.Read(Convert.FromHexString(hex)).Fault, StringComparison.Ordinal);

    [Fact]
    public void A_message_is_cut_into_fragments()
    {
        ClientFrame[] frames = [.. ClientFrame.Fragments(Opcode.Text, "abcde"u8.ToArray(), 2)];
        Assert.Equal([Opcode.Text, Opcode.Continuation, Opcode.Continuation], frames.Select(static frame => frame.Opcode));
        Assert.Equal([false, false, true], frames.Select(static frame => frame.Fin));
        Assert.Equal("abcde"u8.ToArray(), frames.SelectMany(static frame => frame.Payload.ToArray()));
        Assert.Equal(0, Assert.Single(ClientFrame.Fragments(Opcode.Text, default, 2)).Payload.Length);
    }
}
