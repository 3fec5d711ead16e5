using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class RequestHeadReaderTests
{
    [Theory]
    [InlineData(Request.Good)]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\nA:\r\n\r\n")]
    [InlineData("\r\nGET / HTTP/1.1\r\nA: b\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\n\r\n")]
    [InlineData("M!#$%&'*+-.^_`|~9 /a?b=%20&c HTTP/1.9\r\n!#$%&'*+-.^_`|~9:\t x \t y \t\r\n\r\n")]
    [InlineData("GET http://host:80/x HTTP/1.1\r\nA: \xE9\xFF\r\n\r\n")]
    public void A_legal_head_is_done_at_its_empty_line(string head)
    {
        Assert.Equal((HeadReadStatus.Done, head.Length, HandshakeError.None), Request.Read(head));
        Assert.Equal((HeadReadStatus.Done, head.Length, HandshakeError.None), Request.Read(head + "\x81\x05 more\r\n\r\n"));
        for (int cut = 0; cut < head.Length; cut++) Assert.Equal(HeadReadStatus.NeedMoreData, Request.Read(head[..cut]).Status);
    }

    [Theory]
    [InlineData("\r\n\r\nGET / HTTP/1.1\r\n\r\n")]
    [InlineData("\nGET / HTTP/1.1\r\n\r\n")]
    [InlineData(" GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET\r\n\r\n")]
    [InlineData("GET /\r\n\r\n")]
    [InlineData("GET  / HTTP/1.1\r\n\r\n")]
    [InlineData("GET /  HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1 \r\n\r\n")]
    [InlineData("GET\t/\tHTTP/1.1\r\n\r\n")]
    [InlineData("GET / a HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\r\n\r\n")]
    [InlineData("GET /\0 HTTP/1.1\r\n\r\n")]
    [InlineData("GET /\xE9 HTTP/1.1\r\n\r\n")]
    [InlineData("GET /a#b HTTP/1.1\r\n\r\n")]
    [InlineData("GET a HTTP/1.1\r\n\r\n")]
    [InlineData("GET ftp://host/ HTTP/1.1\r\n\r\n")]
    [InlineData("GET http:///path HTTP/1.1\r\n\r\n")]
    [InlineData("GET http://user@host/ HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT host:80 HTTP/1.1\r\n\r\n")]
    [InlineData("GET / http/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/11\r\n\r\n")]
    [InlineData("GET / HTTP/1.10\r\n\r\n")]
    [InlineData("GET / HTTP/1,1\r\n\r\n")]
    [InlineData("GET / HTTP/x.1\r\n\r\n")]
    [InlineData("G(T / HTTP/1.1\r\n\r\n")]
    public void Rfc9112_section_3_a_malformed_request_line_is_refused(string head) =>
        Assert.Equal((HeadReadStatus.Error, 0, HandshakeError.MalformedRequestLine), Request.Read(head));

    [Theory]
    [InlineData("GET / HTTP/2.0\r\n\r\n")]
    [InlineData("GET / HTTP/0.9\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public void Another_major_version_is_refused(string head) =>
        Assert.Equal((HeadReadStatus.Error, 0, HandshakeError.UnsupportedHttpVersion), Request.Read(head));

    [Theory]
    [InlineData("A : b")]
    [InlineData(" A: b")]
    [InlineData("\tA: b")]
    [InlineData("A")]
    [InlineData(": b")]
    [InlineData("A(: b")]
    [InlineData("A\xE9: b")]
    [InlineData("A: b\0")]
    [InlineData("A: b\rc")]
    [InlineData("A: b\r\n c")]
    [InlineData("A: b\nC: d")]
    [InlineData("A: b\x7F")]
    [InlineData("A: b\x1B[0m")]
    public void Rfc9112_section_5_a_malformed_header_line_is_refused_before_the_rest_comes(string line)
    {
        string head = "GET / HTTP/1.1\r\nFirst: 1\r\n" + line + "\r\n";
        Assert.Equal((HeadReadStatus.Error, 0, HandshakeError.MalformedHeader), Request.Read(head));
        Assert.Equal((HeadReadStatus.Error, 0, HandshakeError.MalformedHeader), Request.Read(head + "Last: 1\r\n\r\n"));
    }

    [Fact]
    public void A_request_line_is_refused_before_the_headers_come() =>
        Assert.Equal(HandshakeError.MalformedRequestLine, Request.Read("GET /\r\n").Error);

    [Theory]
    [InlineData(" ")]
    [InlineData("\0")]
    [InlineData("\rG")]
    [InlineData("GE\x80")]
    [InlineData("GET\t")]
    public void What_cannot_become_a_method_is_refused_at_its_last_byte(string start)
    {
        Assert.Equal(HandshakeError.MalformedRequestLine, Request.Read(start).Error);
        Assert.Equal(HeadReadStatus.NeedMoreData, Request.Read(start[..^1]).Status);
    }

    [Fact]
    public void A_head_of_the_limit_is_accepted_and_one_byte_more_is_not()
    {
        string head = "GET / HTTP/1.1\r\nA: " + new string('b', 200) + "\r\n\r\n";
        Assert.Equal(HeadReadStatus.Done, Request.Read(head, new HandshakeLimits(head.Length, 1)).Status);
        Assert.Equal(HeadReadStatus.Done, Request.Read(head + "data", new HandshakeLimits(head.Length, 1)).Status);
        for (int limit = 1; limit < head.Length; limit++)
        {
            Assert.Equal(HandshakeError.HeadTooLarge, Request.Read(head, new HandshakeLimits(limit, 1)).Error);
        }

        // Known as soon as the limit is full without an end, not one byte later.
        Assert.Equal(HandshakeError.HeadTooLarge, Request.Read(head[..50], new HandshakeLimits(50, 1)).Error);
        Assert.Equal(HeadReadStatus.NeedMoreData, Request.Read(head[..49], new HandshakeLimits(50, 1)).Status);
    }

    [Fact]
    public void As_many_headers_as_the_limit_are_accepted_and_one_more_is_not()
    {
        string head = "GET / HTTP/1.1\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n";
        Assert.Equal(HeadReadStatus.Done, Request.Read(head, new HandshakeLimits(8192, 3)).Status);
        Assert.Equal(HandshakeError.TooManyHeaders, Request.Read(head, new HandshakeLimits(8192, 2)).Error);
        Assert.Equal(HandshakeError.TooManyHeaders, Request.Read(head[..^2], new HandshakeLimits(8192, 2)).Error);
    }

    [Fact]
    public void A_damaged_head_is_judged_alike_however_it_is_cut()
    {
        var random = new Random(13);
        var errors = new HashSet<HandshakeError>();
        var limits = new HandshakeLimits(Request.Good.Length + 1, 7);
        for (int i = 0; i < 1500; i++)
        {
            List<char> head = [.. Request.Good];
            for (int damages = random.Next(1, 4); damages > 0; damages--)
            {
                int at = random.Next(2) == 0 ? random.Next(20) : random.Next(head.Count);
                char value = "\r\n\0 \t:x1\xE9"[random.Next(9)];
                if (random.Next(2) == 0) head[at] = value;
                else head.InsertRange(at, random.Next(2) == 0 ? [value] : ['\r', '\n', 'a', ':']);
            }

            // The helper itself asserts that all cuts agree; and what is done can be looked into without an exception.
            string text = string.Concat(head);
            (HeadReadStatus status, int length, HandshakeError error) = Request.Read(text, limits);
            errors.Add(error);
            if (status == HeadReadStatus.Done) OpeningHandshake.Validate(new RequestHead(Request.Bytes(text).AsSpan(0, length)));
        }

        Assert.InRange(errors.Count, 5, 6);
    }

    [Fact]
    public void A_line_that_is_done_with_is_never_read_again()
    {
        byte[] head = Request.Bytes(Request.Good);
        byte[] memory = [.. head];
        var reader = default(RequestHeadReader);
        HeadReadStatus status = HeadReadStatus.NeedMoreData;
        int lineStart = 0;
        for (int at = 1; at <= head.Length; at++)
        {
            Assert.Equal(HeadReadStatus.NeedMoreData, status);
            status = reader.Read(memory.AsSpan(0, at), new HandshakeLimits());
            if (head[at - 1] == '\n')
            {
                memory.AsSpan(lineStart, at - lineStart).Fill((byte)'\n');
                lineStart = at;
            }
        }

        Assert.Equal(HeadReadStatus.Done, status);
    }

    [Fact]
    public void Inside_a_line_the_search_goes_on_where_it_stopped()
    {
        // A line feed put behind its back is seen by nobody who does not look twice.
        byte[] memory = Request.Bytes("GET / HTTP/1.1\r\nName: value");
        var reader = default(RequestHeadReader);
        Assert.Equal(HeadReadStatus.NeedMoreData, reader.Read(memory, new HandshakeLimits()));
        memory[^3] = (byte)'\n';
        byte[] longer = [.. memory, (byte)'x'];
        Assert.Equal(HeadReadStatus.NeedMoreData, reader.Read(longer, new HandshakeLimits()));
    }

    [Fact]
    public void Limits_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new HandshakeLimits(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new HandshakeLimits(1, 0));
        Assert.Equal((8192, 100), (new HandshakeLimits().MaxHeadBytes, new HandshakeLimits().MaxHeaderCount));
    }
}
