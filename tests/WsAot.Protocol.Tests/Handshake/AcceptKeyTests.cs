using System.Text;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class AcceptKeyTests
{
    [Fact]
    public void Section_1_3_the_example_of_the_rfc_is_computed()
    {
        byte[] accept = new byte[AcceptKey.Length];
        AcceptKey.Compute(Request.Bytes(Request.Key), accept);
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Encoding.ASCII.GetString(accept));
    }

    [Fact]
    public void Section_4_2_2_any_key_is_answered_like_the_naive_twin()
    {
        for (int i = 0; i < 200; i++)
        {
            string key = Convert.ToBase64String(Wire.Bytes(16, i));
            Assert.True(AcceptKey.IsValidKey(Request.Bytes(key)));
            byte[] accept = new byte[AcceptKey.Length];
            AcceptKey.Compute(Request.Bytes(key), accept);
            byte[] hash = System.Security.Cryptography.SHA1.HashData(Request.Bytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
            Assert.Equal(Convert.ToBase64String(hash), Encoding.ASCII.GetString(accept));
        }
    }

    [Fact]
    public void A_last_character_may_have_bits_that_belong_to_no_byte()
    {
        for (int value = 0; value < 256; value++)
        {
            string key = "dGhlIHNhbXBsZSBub25jZ" + (char)value + "==";
            bool expected = char.IsAsciiLetterOrDigit((char)value) || (char)value is '+' or '/';
            Assert.Equal(expected, AcceptKey.IsValidKey(Request.Bytes(key)));
        }
    }

    [Fact]
    public void A_key_of_another_length_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(static () => AcceptKey.Compute("short"u8, new byte[28]));
}
