using WsAot.Protocol.Frames;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Frames;

public sealed class FrameWriterTests
{
    [Fact]
    public void Section_5_2_every_length_is_written_in_its_shortest_form()
    {
        long[] borders = [65534, 65535, 65536, 65537, int.MaxValue, 1L << 40, long.MaxValue];
        foreach (long length in Enumerable.Range(0, 400).Select(static i => (long)i).Concat(borders))
        {
            byte[] bytes = new byte[FrameWriter.MaxHeaderLength];
            int written = FrameWriter.WriteHeader(bytes, Opcode.Text, length);
            Assert.Equal(FrameWriter.GetHeaderLength(length), written);
            Assert.Equal(Wire.Header(0x81, length, masked: false), bytes[..written]);
        }
    }

    [Theory]
    [InlineData(Opcode.Continuation)]
    [InlineData(Opcode.Text)]
    [InlineData(Opcode.Binary)]
    [InlineData(Opcode.Close)]
    [InlineData(Opcode.Ping)]
    [InlineData(Opcode.Pong)]
    public void What_is_written_and_then_masked_is_what_the_reader_reads(Opcode opcode)
    {
        foreach (bool fin in opcode >= Opcode.Close ? new[] { true } : [true, false])
        {
            foreach (long length in opcode >= Opcode.Close ? new long[] { 0, 125 } : [0, 125, 126, 65535, 65536, long.MaxValue])
            {
                byte[] bytes = new byte[FrameWriter.MaxHeaderLength];
                int written = FrameWriter.WriteHeader(bytes, opcode, length, fin);
                bytes[1] |= 0x80;
                byte[] masked = [.. bytes[..written], 1, 2, 3, 4];
                Assert.Equal(FrameReadStatus.Done, FrameHeaderReader.Read(masked, out FrameHeader header, out _));
                Assert.Equal((opcode, length, fin, written + 4), (header.Opcode, header.PayloadLength, header.Fin, header.Length));
            }
        }
    }

    [Fact]
    public void A_negative_length_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => FrameWriter.WriteHeader(new byte[10], Opcode.Text, -1));
}
