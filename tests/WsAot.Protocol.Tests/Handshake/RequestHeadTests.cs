using System.Text;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class RequestHeadTests
{
    [Theory]
    [InlineData("/", "/", "/", "")]
    [InlineData("/a/b?c=d", "/a/b?c=d", "/a/b", "c=d")]
    [InlineData("/a?", "/a?", "/a", "")]
    [InlineData("/a?b?c", "/a?b?c", "/a", "b?c")]
    [InlineData("/%41%2F?%3F", "/%41%2F?%3F", "/%41%2F", "%3F")]
    [InlineData("//host/a", "//host/a", "//host/a", "")]
    [InlineData("/a?u=http://other/", "/a?u=http://other/", "/a", "u=http://other/")]
    [InlineData("http://other:81/a?b", "/a?b", "/a", "b")]
    [InlineData("WS://other", "/", "/", "")]
    [InlineData("https://other?b", "?b", "/", "b")]
    [InlineData("*", "*", "*", "")]
    public void Rfc9112_section_3_2_the_target_is_taken_apart(string target, string expectedTarget, string path, string query)
    {
        var head = new RequestHead(Checked($"GET {target} HTTP/1.1\r\nHost: h\r\n\r\n"));
        Assert.Equal("GET", Text(head.Method));
        Assert.Equal(expectedTarget, Text(head.Target));
        Assert.Equal(path, Text(head.Path));
        Assert.Equal(query, Text(head.Query));
        Assert.Equal(1, head.MinorVersion);
    }

    [Fact]
    public void Rfc9112_section_3_2_2_the_authority_of_an_absolute_target_stands_above_host()
    {
        Assert.Equal("other:81", Text(new RequestHead(Checked("GET http://other:81/ HTTP/1.1\r\nHost: h\r\n\r\n")).Authority));
        Assert.Equal("h", Text(new RequestHead(Checked("GET / HTTP/1.1\r\nHost: h\r\n\r\n")).Authority));
        Assert.Equal("", Text(new RequestHead(Checked("GET / HTTP/1.0\r\n\r\n")).Authority));
    }

    [Fact]
    public void Headers_come_in_order_with_their_values_trimmed()
    {
        byte[] bytes = Checked("\r\nGET / HTTP/1.0\r\nA:1\r\nB: \t 2 , 3\t \r\na:\r\nC:x:y\r\n\r\n");
        var head = new RequestHead(bytes);
        var seen = new List<string>();
        foreach (HeaderField field in head) seen.Add(Text(field.Name) + "=" + Text(field.Value));
        Assert.Equal(["A=1", "B=2 , 3", "a=", "C=x:y"], seen);
        Assert.Equal(0, head.MinorVersion);
    }

    [Fact]
    public void A_header_is_found_in_any_case_and_the_first_one_wins()
    {
        var head = new RequestHead(Checked("GET / HTTP/1.1\r\nX-One: 1\r\nx-ONE: 2\r\nX-One-More: 3\r\n\r\n"));
        Assert.True(head.TryGetHeader("x-one"u8, out ReadOnlySpan<byte> value));
        Assert.Equal("1", Text(value));
        Assert.Equal(2, head.CountHeader("x-one"u8));
        Assert.Equal(0, head.CountHeader("x-on"u8));
        Assert.False(head.TryGetHeader("x-on"u8, out value));
        Assert.True(value.IsEmpty);
    }

    private static byte[] Checked(string text)
    {
        Assert.Equal((HeadReadStatus.Done, text.Length, HandshakeError.None), Request.Read(text));
        return Request.Bytes(text);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
