using System.Text;
using WsAot.Protocol.Closing;

namespace WsAot.Protocol.Tests.Closing;

public sealed class ClosePayloadTests
{
    [Fact]
    public void Section_7_1_5_an_empty_payload_is_code_1005()
    {
        Assert.Equal(ProtocolError.None, ClosePayload.Read([], out ushort code, out ReadOnlySpan<byte> reason));
        Assert.Equal(1005, code);
        Assert.True(reason.IsEmpty);
    }

    [Fact]
    public void Section_5_5_1_one_byte_is_no_code() =>
        Assert.Equal(ProtocolError.ClosePayloadOfOneByte, ClosePayload.Read([3], out _, out _));

    [Fact]
    public void Section_7_4_every_code_that_may_not_be_sent_is_refused()
    {
        for (int code = 0; code <= 65535; code++)
        {
            ProtocolError error = ClosePayload.Read([(byte)(code >> 8), (byte)code], out ushort read, out _);
            Assert.Equal(CloseCode.MayBeSent(code) ? ProtocolError.None : ProtocolError.InvalidCloseCode, error);
            Assert.Equal(CloseCode.MayBeSent(code) ? code : 1005, read);
        }
    }

    [Fact]
    public void Section_5_5_1_the_reason_must_be_utf8()
    {
        Assert.Equal(ProtocolError.InvalidCloseReason, ClosePayload.Read([3, 0xE8, 0xC3], out ushort code, out ReadOnlySpan<byte> reason));
        Assert.Equal(1005, code);
        Assert.True(reason.IsEmpty);
        Assert.Equal(ProtocolError.None, ClosePayload.Read([3, 0xE8, 0xC3, 0xA9], out code, out reason));
        Assert.Equal(1000, code);
        Assert.Equal("é"u8, reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("going away")]
    [InlineData("à bientôt 😀")]
    public void What_is_written_is_read(string reason)
    {
        byte[] bytes = new byte[125];
        int length = ClosePayload.Write(bytes, 4000, reason);
        Assert.Equal(ProtocolError.None, ClosePayload.Read(bytes.AsSpan(0, length), out ushort code, out ReadOnlySpan<byte> read));
        Assert.Equal(4000, code);
        Assert.Equal(reason, Encoding.UTF8.GetString(read));
    }

    [Fact]
    public void Section_5_5_a_long_reason_is_cut_at_a_character()
    {
        string[] characters = ["a", "é", "€", "😀"];
        for (int shift = 0; shift < 8; shift++)
        {
            foreach (string character in characters)
            {
                string reason = new string('x', shift) + string.Concat(Enumerable.Repeat(character, 200));
                byte[] bytes = new byte[125 + shift];
                int length = ClosePayload.Write(bytes, 1000, reason);
                int size = Encoding.UTF8.GetByteCount(character);
                Assert.Equal(2 + shift + ((ClosePayload.MaxReasonBytes - shift) / size * size), length);
                Assert.Equal(ProtocolError.None, ClosePayload.Read(bytes.AsSpan(0, length), out _, out ReadOnlySpan<byte> read));
                Assert.StartsWith(Encoding.UTF8.GetString(read), reason, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        byte[] bytes = new byte[125];
        int length = ClosePayload.Write(bytes, 1000, "a\uD800b");
        Assert.Equal("a\uFFFDb", Encoding.UTF8.GetString(bytes, 2, length - 2));
    }

    [Fact]
    public void Code_1005_writes_nothing() => Assert.Equal(0, ClosePayload.Write([], 1005, "ignored"));

    [Theory]
    [InlineData(0)]
    [InlineData(1004)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(2999)]
    [InlineData(5000)]
    public void A_code_that_must_not_be_sent_is_a_mistake_of_the_caller(int code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClosePayload.Write(new byte[125], (ushort)code, ""));
}
