using System.Text;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class ExtensionOfferReaderTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a,b", "a|b")]
    [InlineData(" ,, a\t,\t,b , ", "a|b")]
    [InlineData("a;b", "a;b")]
    [InlineData("a;b=c", "a;b=c")]
    [InlineData("a ; b = c ; d,\te", "a;b=c;d|e")]
    [InlineData("a;b=\"c\"", "a;b=c")]
    [InlineData("a;b=\"c\\d\\e\";f=g", "a;b=cde;f=g")]
    [InlineData(
        "permessage-deflate; client_max_window_bits, permessage-deflate", "permessage-deflate;client_max_window_bits|permessage-deflate")]
    [InlineData("", "")]
    [InlineData(",", "")]
    public void Section_9_1_offers_and_their_parameters_are_read(string value, string expected) => Assert.Equal(expected, Read(value));

    [Theory]
    [InlineData("a b", "a")]
    [InlineData("a;=b", "a")]
    [InlineData("a;b=", "a")]
    [InlineData("a;b=,c", "a")]
    [InlineData("a;b=c d", "a;b=c")]
    [InlineData("a;b=\"\"", "a")]
    [InlineData("a;b=\"c", "a")]
    [InlineData("a;b=\"c d\"", "a")]
    [InlineData("a;b=\"c\\\"", "a")]
    [InlineData("a;b=\"c\\", "a")]
    [InlineData("a;b=\"c\\ d\"", "a")]
    [InlineData("a;b=\"c\"d", "a;b=c")]
    [InlineData(";a", "")]
    [InlineData("a,(", "a")]
    [InlineData("\"a\"", "")]
    public void Section_9_1_reading_ends_where_the_grammar_is_broken(string value, string expectedBefore) =>
        Assert.Equal(expectedBefore + "!", Read(value));

    [Fact]
    public void Parameters_may_be_left_unread_but_must_be_well_formed()
    {
        var offers = new ExtensionOfferReader("a;b=c;d,e"u8);
        Assert.True(offers.ReadOffer());
        Assert.True(offers.ReadOffer());
        Assert.Equal("e"u8, offers.Name);
        Assert.False(offers.ReadOffer());
        Assert.False(offers.IsMalformed);

        offers = new ExtensionOfferReader("a;b=;d,e"u8);
        Assert.True(offers.ReadOffer());
        Assert.False(offers.ReadOffer());
        Assert.True(offers.IsMalformed);
        Assert.False(offers.ReadOffer());
    }

    [Fact]
    public void Any_bytes_end()
    {
        var random = new Random(11);
        for (int i = 0; i < 20000; i++)
        {
            byte[] bytes = new byte[random.Next(20)];
            for (int j = 0; j < bytes.Length; j++) bytes[j] = (byte)"ab,;= \t\"\\("[random.Next(10)];
            Read(Encoding.Latin1.GetString(bytes));
        }
    }

    private static string Read(string value)
    {
        var offers = new ExtensionOfferReader(Request.Bytes(value));
        var text = new StringBuilder();
        while (offers.ReadOffer())
        {
            text.Append(text.Length == 0 ? "" : "|").Append(Encoding.Latin1.GetString(offers.Name));
            while (offers.ReadParameter())
            {
                text.Append(';').Append(Encoding.Latin1.GetString(offers.ParameterName));
                if (offers.HasParameterValue) text.Append('=').Append(Encoding.Latin1.GetString(offers.ParameterValue));
            }
        }

        return text.Append(offers.IsMalformed ? "!" : "").ToString();
    }
}
