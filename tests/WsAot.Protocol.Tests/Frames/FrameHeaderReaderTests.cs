using WsAot.Protocol.Frames;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Frames;

public sealed class FrameHeaderReaderTests
{
    public static TheoryData<long> BorderLengths =>
        [0, 1, 125, 126, 127, 255, 256, 65535, 65536, int.MaxValue, 1L + int.MaxValue, long.MaxValue];

    [Theory]
    [MemberData(nameof(BorderLengths))]
    public void Section_5_2_every_length_form_is_read_at_its_borders(long length)
    {
        byte[] bytes = Wire.Header(0x82, length);
        for (int cut = 0; cut < bytes.Length; cut++)
        {
            Assert.Equal(FrameReadStatus.NeedMoreData, FrameHeaderReader.Read(bytes.AsSpan(0, cut), out _, out _));
        }

        // What follows the header is not looked at.
        Assert.Equal(FrameReadStatus.Done, FrameHeaderReader.Read([.. bytes, 0xFF], out FrameHeader header, out ProtocolError error));
        Assert.Equal(ProtocolError.None, error);
        Assert.Equal(length, header.PayloadLength);
        Assert.Equal(bytes.Length, header.Length);
        Assert.Equal(0x3D21FA37u, header.MaskingKey);
        Assert.True(header.IsMasked);
        Assert.True(header.Fin);
        Assert.Equal(0, header.Rsv);
        Assert.Equal(Opcode.Binary, header.Opcode);
        Assert.False(header.IsControl);
    }

    [Fact]
    public void Section_5_2_every_first_byte_is_accepted_or_refused_when_it_comes()
    {
        for (int first = 0; first < 256; first++)
        {
            int opcode = first & 0x0F;
            bool fin = first >= 0x80;
            ProtocolError expected = ProtocolError.None;
            if ((first & 0x70) != 0) expected = ProtocolError.ReservedBitSet;
            else if (opcode is (> 2 and < 8) or > 10) expected = ProtocolError.ReservedOpcode;
            else if (opcode >= 8 && !fin) expected = ProtocolError.FragmentedControlFrame;

            FrameReadStatus status = FrameHeaderReader.Read([(byte)first], out _, out ProtocolError error);
            Assert.Equal(expected, error);
            Assert.Equal(expected == ProtocolError.None ? FrameReadStatus.NeedMoreData : FrameReadStatus.Error, status);
            if (expected != ProtocolError.None) continue;

            Assert.Equal(FrameReadStatus.Done, FrameHeaderReader.Read(Wire.Header(first, 5), out FrameHeader header, out _));
            Assert.Equal(opcode, (int)header.Opcode);
            Assert.Equal(fin, header.Fin);
            Assert.Equal(opcode >= 8, header.IsControl);
        }
    }

    [Fact]
    public void Section_5_1_a_frame_that_is_not_masked_is_refused_at_its_second_byte()
    {
        for (int second = 0; second < 0x80; second++) AssertError([0x81, (byte)second], ProtocolError.UnmaskedFrame);
    }

    [Theory]
    [InlineData(0x88)]
    [InlineData(0x89)]
    [InlineData(0x8A)]
    public void Section_5_5_a_control_frame_over_125_bytes_is_refused_at_its_second_byte(int first)
    {
        Assert.Equal(FrameReadStatus.NeedMoreData, FrameHeaderReader.Read([(byte)first, 0xFD], out _, out _));
        AssertError([(byte)first, 0xFE], ProtocolError.ControlFrameTooLong);
        AssertError([(byte)first, 0xFF], ProtocolError.ControlFrameTooLong);
    }

    [Fact]
    public void Section_5_2_a_sixteen_bit_length_must_not_fit_into_seven_bits()
    {
        for (int length = 0; length < 126; length++) AssertError([0x82, 0xFE, 0, (byte)length], ProtocolError.LengthNotMinimal);
        Assert.Equal(FrameReadStatus.NeedMoreData, FrameHeaderReader.Read([0x82, 0xFE, 0, 126], out _, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65535)]
    public void Section_5_2_a_64_bit_length_must_not_fit_into_sixteen_bits(int length)
    {
        AssertError([0x82, 0xFF, 0, 0, 0, 0, 0, 0, (byte)(length >> 8), (byte)length, 1, 2, 3, 4], ProtocolError.LengthNotMinimal);

        // Six zeros decide it, before the last two bytes have come.
        AssertError([0x82, 0xFF, 0, 0, 0, 0, 0, 0], ProtocolError.LengthNotMinimal);
        Assert.Equal(FrameReadStatus.NeedMoreData, FrameHeaderReader.Read([0x82, 0xFF, 0, 0, 0, 0, 0], out _, out _));
        Assert.Equal(FrameReadStatus.NeedMoreData, FrameHeaderReader.Read([0x82, 0xFF, 0, 0, 0, 0, 0, 1], out _, out _));
    }

    [Fact]
    public void Section_5_2_the_top_bit_of_a_64_bit_length_is_refused_when_it_comes()
    {
        AssertError([0x82, 0xFF, 0x80], ProtocolError.LengthTopBitSet);
        Assert.Equal(FrameReadStatus.NeedMoreData, FrameHeaderReader.Read([0x82, 0xFF, 0x7F], out _, out _));
    }

    private static void AssertError(byte[] bytes, ProtocolError expected)
    {
        Assert.Equal(FrameReadStatus.Error, FrameHeaderReader.Read(bytes, out _, out ProtocolError error));
        Assert.Equal(expected, error);
    }
}
