using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class RequestBodyReaderTests
{
    private const string Chunked = "Transfer-Encoding: chunked";

    [Theory]
    [InlineData("Content-Length: 5", "hello", "hello")]
    [InlineData("Content-Length: 0", "", "")]
    [InlineData("A: b", "", "")]
    [InlineData("Content-Length: 000005", "hello", "hello")]
    [InlineData(Chunked, "5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData(Chunked, "0\r\n\r\n", "")]
    [InlineData(Chunked, "000\r\n\r\n", "")]
    [InlineData(Chunked, "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "hello")]
    [InlineData(Chunked, "A\r\n0123456789\r\na\r\n0123456789\r\n00\r\n\r\n", "01234567890123456789")]
    [InlineData(Chunked, "5;a=b;c=\"d e\"\r\n\r\n\r\n\n\r\n0;last\r\n\r\n", "\r\n\r\n\n")]
    [InlineData(Chunked, "1\r\nx\r\n0\r\nTrailer: value\r\nOther:\r\n\r\n", "x")]
    [InlineData("Transfer-Encoding: Chunked", "1\r\nx\r\n0\r\n\r\n", "x")]
    public void A_body_is_read_to_its_last_byte(string header, string wire, string body) =>
        Assert.Equal((BodyReadStatus.Done, HandshakeError.None, body, wire.Length), Read(header, wire));

    [Theory]
    [InlineData("Content-Length: 5", "hell")]
    [InlineData(Chunked, "")]
    [InlineData(Chunked, "5")]
    [InlineData(Chunked, "5\r\nhello\r\n0\r\n")]
    [InlineData(Chunked, "5\r\nhello\r\n0\r\nA: b\r\n")]
    public void An_incomplete_body_needs_more(string header, string wire) =>
        Assert.Equal(BodyReadStatus.NeedMoreData, Read(header, wire).Status);

    [Theory]
    [InlineData("\r\n")]
    [InlineData(" 5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5 \r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello\n0\r\n\r\n")]
    [InlineData("5\r\nhello0\r\n\r\n")]
    [InlineData("5\r\nhello!\r\n0\r\n\r\n")]
    [InlineData("5\rhello")]
    [InlineData("0x5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("+5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5,5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("G\r\n")]
    [InlineData(";a\r\n")]
    [InlineData("0000000000000005\r\nhello\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("5;a\nb\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5;a\0\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5;a\rb\r\nhello\r\n0\r\n\r\n")]
    [InlineData("0\r\n\n")]
    [InlineData("0\r\nA : b\r\n\r\n")]
    [InlineData("0\r\n: b\r\n\r\n")]
    [InlineData("0\r\nA\r\n\r\n")]
    [InlineData("0\r\nA: b\n\r\n")]
    [InlineData("0\r\n A: b\r\n\r\n")]
    [InlineData("0\r\nA: b\0\r\n\r\n")]
    [InlineData("0\r\nGET / HTTP/1.1\r\n\r\n")]
    [InlineData("0\r\n\rX")]
    public void Rfc9112_section_7_1_a_malformed_chunk_is_refused(string wire)
    {
        Assert.Equal((BodyReadStatus.Error, HandshakeError.InvalidChunk), Outcome(Read(Chunked, wire)));
        Assert.Equal((BodyReadStatus.Error, HandshakeError.InvalidChunk), Outcome(Read(Chunked, "3\r\nabc\r\n" + wire)));
    }

    [Fact]
    public void What_follows_the_body_is_left()
    {
        Assert.Equal(5, Read("Content-Length: 5", "helloGET / HTTP/1.1\r\n").Length);
        Assert.Equal(11, Read(Chunked, "1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1\r\n").Length);
        Assert.Equal(0, Read("A: b", "GET / HTTP/1.1\r\n").Length);
    }

    [Fact]
    public void A_body_of_the_limit_is_read_and_one_byte_more_is_refused_when_its_length_is_known()
    {
        Assert.Equal(BodyReadStatus.Done, Read("Content-Length: 5", "hello", max: 5).Status);
        Assert.Equal((BodyReadStatus.Error, HandshakeError.BodyTooLarge), Outcome(Read("Content-Length: 6", "", max: 5)));
        Assert.Equal((BodyReadStatus.Error, HandshakeError.BodyTooLarge), Outcome(Read("Content-Length: 999999999999999999", "", max: 5)));
        Assert.Equal(BodyReadStatus.Done, Read(Chunked, "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", max: 5).Status);
        Assert.Equal((BodyReadStatus.Error, HandshakeError.BodyTooLarge), Outcome(Read(Chunked, "6\r\n", max: 5)));
        Assert.Equal((BodyReadStatus.Error, HandshakeError.BodyTooLarge), Outcome(Read(Chunked, "2\r\nhe\r\n4\r\n", max: 5)));
        Assert.Equal((BodyReadStatus.Error, HandshakeError.BodyTooLarge), Outcome(Read(Chunked, "7fffffffffffff\r\n", max: 5)));
    }

    [Fact]
    public void Extensions_and_trailers_have_4_KiB_together()
    {
        string chunk = "1;" + new string('a', 1000) + "\r\nx\r\n";
        Assert.Equal(BodyReadStatus.NeedMoreData, Read(Chunked, chunk + chunk + chunk + chunk).Status);
        Assert.Equal(HandshakeError.InvalidChunk, Read(Chunked, chunk + chunk + chunk + chunk + chunk).Error);
        Assert.Equal(HandshakeError.InvalidChunk, Read(Chunked, "0\r\nA: " + new string('b', 4200)).Error);
        Assert.Equal(HandshakeError.InvalidChunk, Read(Chunked, "0\r\n" + new string('b', 4200)).Error);
    }

    [Theory]
    [InlineData("HTTP/1.1\r\nA: b", true)]
    [InlineData("HTTP/1.1\r\nConnection: close", false)]
    [InlineData("HTTP/1.1\r\nConnection: a, Close", false)]
    [InlineData("HTTP/1.1\r\nConnection: keep-alive\r\nConnection: close", false)]
    [InlineData("HTTP/1.0\r\nA: b", false)]
    [InlineData("HTTP/1.0\r\nConnection: Keep-Alive", true)]
    [InlineData("HTTP/1.0\r\nConnection: keep-alive, close", false)]
    public void Rfc9112_section_9_3_a_connection_persists(string rest, bool isWanted) =>
        Assert.Equal(isWanted, RequestPersistence.IsWanted(new RequestHead(Request.Bytes($"GET / {rest}\r\n\r\n"))));

    [Theory]
    [InlineData("HTTP/1.1\r\nExpect: 100-continue", true, HandshakeError.None)]
    [InlineData("HTTP/1.1\r\nExpect: 100-Continue", true, HandshakeError.None)]
    [InlineData("HTTP/1.0\r\nExpect: 100-continue", false, HandshakeError.None)]
    [InlineData("HTTP/1.1\r\nA: b", false, HandshakeError.None)]
    [InlineData("HTTP/1.1\r\nExpect: 200-ok", false, HandshakeError.UnknownExpectation)]
    [InlineData("HTTP/1.1\r\nExpect: 100-continue\r\nExpect: x", false, HandshakeError.UnknownExpectation)]
    public void Rfc9110_section_10_1_1_a_client_expects_100(string rest, bool expects, HandshakeError error)
    {
        var head = new RequestHead(Request.Bytes($"POST / {rest}\r\n\r\n"));
        Assert.Equal(expects, RequestPersistence.ExpectsContinue(head, out HandshakeError found));
        Assert.Equal(error, found);
    }

    [Theory]
    [InlineData("gzip, deflate, br", 1000, 1000, 1)]
    [InlineData("GZIP;q=0.5, br;q=0.25", 250, 500, 1)]
    [InlineData("br;q=0, *", 0, 1000, 1000)]
    [InlineData("*;q=0.1", 100, 100, 100)]
    [InlineData("identity;q=0.9, br ; q=0.8", 800, 0, 900)]
    [InlineData("br;q=2, gzip;q=1.5", 0, 1000, 1)]
    [InlineData("br;q=x, gzip;level=1", 0, 0, 1)]
    [InlineData("", 0, 0, 1)]
    [InlineData("bro, xgzip", 0, 0, 1)]
    [InlineData("br;q=0.001", 1, 0, 1)]
    public void Rfc9110_section_12_5_3_codings_have_weights(string value, int brotli, int gzip, int identity)
    {
        byte[] bytes = Request.Bytes($"GET / HTTP/1.1\r\nAccept-Encoding: {value}\r\n\r\n");
        Assert.Equal(
            (brotli, gzip, identity),
            (AcceptEncoding.GetQuality(new RequestHead(bytes), "br"u8),
                AcceptEncoding.GetQuality(new RequestHead(bytes), "gzip"u8),
                AcceptEncoding.GetQuality(new RequestHead(bytes), "identity"u8)));
    }

    private static (BodyReadStatus Status, HandshakeError Error) Outcome((BodyReadStatus Status, HandshakeError Error, string, int) read) =>
        (read.Status, read.Error);

    /// <summary>Reads whole, byte by byte and split at random; all must agree. The length is that of what was read.</summary>
    private static (BodyReadStatus Status, HandshakeError Error, string Body, int Length) Read(
        string header, string wire, long max = 1 << 20)
    {
        byte[] bytes = Request.Bytes(wire);
        (BodyReadStatus, HandshakeError, string, int) whole = Run(header, bytes, max, _ => bytes.Length);
        Assert.Equal(whole, Run(header, bytes, max, static _ => 1));
        var random = new Random(7);
        for (int i = 0; i < 20; i++) Assert.Equal(whole, Run(header, bytes, max, _ => random.Next(1, 8)));
        return whole;
    }

    private static (BodyReadStatus Status, HandshakeError Error, string Body, int Length) Run(
        string header, byte[] bytes, long max, Func<int, int> next)
    {
        var head = new RequestHead(Request.Bytes($"POST / HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n"));
        Assert.Equal(HandshakeError.None, OpeningHandshake.CheckLength(head));
        var reader = new RequestBodyReader(head, max);
        var body = new List<byte>();
        int at = 0;
        int read = 0;
        BodyReadStatus status = BodyReadStatus.NeedMoreData;
        while (status == BodyReadStatus.NeedMoreData)
        {
            ReadOnlySpan<byte> received = bytes.AsSpan(at, Math.Min(next(at), bytes.Length - at));
            bool isLast = received.IsEmpty;
            at += received.Length;
            do
            {
                status = reader.Read(ref received, out ReadOnlySpan<byte> data);
                body.AddRange(data);
            }
            while (status == BodyReadStatus.Data);
            read = at - received.Length;
            if (isLast) break;
        }

        // An end is final.
        ReadOnlySpan<byte> more = "1\r\n"u8;
        if (status != BodyReadStatus.NeedMoreData) Assert.Equal(status, reader.Read(ref more, out _));
        bool isError = status == BodyReadStatus.Error;
        return (status, reader.Error, isError ? "" : System.Text.Encoding.Latin1.GetString([.. body]), isError ? 0 : read);
    }
}
