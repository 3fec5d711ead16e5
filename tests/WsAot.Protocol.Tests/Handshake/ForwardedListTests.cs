using System.Text;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class ForwardedListTests
{
    [Theory]
    [InlineData("c|b|a", "X-Forwarded-For: a, b, c")]
    [InlineData("c|b|a", "X-Forwarded-For: a", "x-forwarded-FOR: b,c")]
    [InlineData("c|b|a", "X-Forwarded-For: a,", "X-Forwarded-For:", "X-Forwarded-For: ,b ,, c\t")]
    [InlineData("", "X-Forwarded-For: , ,")]
    [InlineData("")]
    [InlineData("a", "X-Forwarded-For: a", "Forwarded: b")]
    [InlineData("d|\"b, c\"|a", "X-Forwarded-For: a, \"b, c\", d")]
    [InlineData("b|\"a", "X-Forwarded-For: \"a, b")]
    public void The_elements_come_from_the_last_to_the_first(string expected, params string[] lines)
    {
        var elements = new List<string>();
        var list = new ForwardedList(Head(lines), "x-forwarded-for"u8);
        while (list.MoveNext()) elements.Add(Encoding.ASCII.GetString(list.Current));
        Assert.Equal(expected, string.Join('|', elements));
    }

    [Fact]
    public void A_quotation_mark_of_the_client_does_not_hide_what_a_proxy_adds()
    {
        foreach (string spoofed in new[] { "for=\"1.1.1.1", "for=\"a\\\"", "\"", "for=\"x\", \"y" })
        {
            var list = new ForwardedList(Head("Forwarded: " + spoofed + ", for=192.0.2.1;proto=https"), "forwarded"u8);
            Assert.True(list.MoveNext());
            Assert.Equal("for=192.0.2.1;proto=https"u8, list.Current);
        }
    }

    [Fact]
    public void No_more_than_the_last_32_are_read()
    {
        string[] lines = [.. Enumerable.Range(0, 40).Select(static i => $"X-Forwarded-For: {i}")];
        foreach (string[] some in new[] { lines, ["X-Forwarded-For: " + string.Join(',', Enumerable.Range(0, 40))] })
        {
            var list = new ForwardedList(Head(some), "x-forwarded-for"u8);
            for (int i = 39; i > 39 - ForwardedList.MaxElements; i--)
            {
                Assert.True(list.MoveNext());
                Assert.Equal($"{i}", Encoding.ASCII.GetString(list.Current));
            }

            Assert.False(list.MoveNext());
            Assert.False(list.MoveNext());
        }

        var empty = new ForwardedList(Head("X-Forwarded-For: a" + new string(',', 5000)), "x-forwarded-for"u8);
        Assert.False(empty.MoveNext());
    }

    [Theory]
    [InlineData(1, "c")]
    [InlineData(2, "b")]
    [InlineData(3, "a")]
    [InlineData(7, "a")]
    public void The_element_of_a_number_is_the_first_one_if_there_are_fewer(int number, string expected)
    {
        var list = new ForwardedList(Head("X-Forwarded-Proto: a, b, c"), "x-forwarded-proto"u8);
        Assert.True(list.MoveTo(number));
        Assert.Equal(expected, Encoding.ASCII.GetString(list.Current));
        var none = new ForwardedList(Head(), "x-forwarded-proto"u8);
        Assert.False(none.MoveTo(number));
    }

    private static RequestHead Head(params string[] lines) => new(Request.Bytes(Request.With(lines)));
}
