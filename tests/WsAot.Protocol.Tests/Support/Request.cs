using WsAot.Protocol.Handshake;

namespace WsAot.Protocol.Tests.Support;

/// <summary>Builds request heads, and reads them whole and byte by byte.</summary>
internal static class Request
{
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    public const string Good =
        "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: " + Key + "\r\nOrigin: http://example.com\r\nSec-WebSocket-Protocol: chat, superchat\r\n" +
        "Sec-WebSocket-Version: 13\r\n\r\n";

    /// <summary>
    /// The good request, with each of its header lines that begins like one of these replaced by it, and the others added.
    /// </summary>
    public static string With(params string[] lines)
    {
        List<string> all = [.. Good.Split("\r\n").SkipLast(2)];
        foreach (string line in lines)
        {
            string name = line.Split(':')[0] + ":";
            all.RemoveAll(other => other.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        }

        return string.Join("\r\n", all.Concat(lines)) + "\r\n\r\n";
    }

    public static string Without(string name) =>
        string.Join("\r\n", Good.Split("\r\n").Where(line => !line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Reads latin-1 text whole, byte by byte and split at random; all must agree.</summary>
    public static (HeadReadStatus Status, int Length, HandshakeError Error) Read(string text, HandshakeLimits? limits = null)
    {
        limits ??= new HandshakeLimits();
        byte[] bytes = Bytes(text);
        (HeadReadStatus Status, int Length, HandshakeError Error) whole = Run(bytes, limits, _ => bytes.Length);
        Assert.Equal(whole, Run(bytes, limits, static at => at + 1));
        var random = new Random(5);
        for (int i = 0; i < 20; i++) Assert.Equal(whole, Run(bytes, limits, at => at + random.Next(1, 40)));
        return whole;
    }

    public static HandshakeError Validate(string text)
    {
        (HeadReadStatus status, int length, HandshakeError error) = Read(text);
        Assert.Equal((HeadReadStatus.Done, HandshakeError.None), (status, error));
        return OpeningHandshake.Validate(new RequestHead(Bytes(text).AsSpan(0, length)));
    }

    public static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    private static (HeadReadStatus Status, int Length, HandshakeError Error) Run(byte[] bytes, HandshakeLimits limits, Func<int, int> next)
    {
        var reader = default(RequestHeadReader);
        HeadReadStatus status = HeadReadStatus.NeedMoreData;
        for (int at = 0; at < bytes.Length && status == HeadReadStatus.NeedMoreData;)
        {
            at = Math.Min(next(at), bytes.Length);
            status = reader.Read(bytes.AsSpan(0, at), limits);
        }

        // Both ends are final.
        if (status != HeadReadStatus.NeedMoreData) Assert.Equal(status, reader.Read(bytes, limits));
        return (status, reader.Length, reader.Error);
    }
}
