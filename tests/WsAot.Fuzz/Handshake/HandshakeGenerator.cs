using System.Text;
using WsAot.Fuzz.Support;

namespace WsAot.Fuzz.Handshake;

/// <summary>Makes request heads: normal ones, ones with odd but legal parts, and ones that must be refused.</summary>
internal static class HandshakeGenerator
{
    private static readonly string[] s_methods = ["GET", "GET", "GET", "GET", "POST", "OPTIONS", "get", "G(T", ""];

    private static readonly string[] s_targets =
    [
        "/", "/echo", "/chat/r%20m?x=1", "*", "http://h/", "ws://h:80", "WSS://[::1]:8080?q", "https://a:99999/", "http:///", "ftp://x/",
        "echo", "/a#b", "/\u00e9", "http://u@h/",
        "http://[:]/", "http://h:/x", "http://[]/", "/\u007f",
    ];

    private static readonly string[] s_versions =
        ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/1.9", "HTTP/11", "http/1.1", "HTTP/1.1 "];

    private static readonly string[] s_goodHeaders =
    [
        "Host: h", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version: 13",
    ];

    private static readonly string[] s_moreHeaders =
    [
        "Origin: http://h", "Origin: null", "Sec-WebSocket-Protocol: chat.v1, x", "Sec-WebSocket-Protocol: a,a",
        "Sec-WebSocket-Protocol: ,",
        "Sec-WebSocket-Extensions: permessage-deflate", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=\"1\\0\"",
        "Sec-WebSocket-Extensions: a;b=\"", "Content-Length: 0", "Content-Length: 1", "Transfer-Encoding: chunked", "Host: [::1]:99",
        "Host: h:1:2", "Host: ",
        "Upgrade: h2c, WebSocket", "Connection: keep-alive,, upgrade", "Sec-WebSocket-Key: short",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAB==",
        "Sec-WebSocket-Version: 8", "X:", "X: \u00ff", "X : y", " folded", "\tfolded", "X: a\u0000b", "X: a\rb", ": y", "nocolon",
        "X: a\u007f", "X:\ty ", "X: \u0001",
    ];

    public static byte[] Generate(FuzzRandom random)
    {
        if (random.OneIn(30)) return random.NextBytes(random.Next(1, 40));
        var head = new StringBuilder();
        head.Append(random.Next(8) switch { 0 => "\r\n", 1 when random.OneIn(4) => "\r\n\r\n", 2 when random.OneIn(6) => "\n", _ => "" });
        bool isPlain = random.OneIn(3);
        head.Append(isPlain ? "GET" : random.Pick(s_methods))
            .Append(Space(random))
            .Append(isPlain ? "/" : random.Pick(s_targets))
            .Append(Space(random))
            .Append(isPlain ? "HTTP/1.1" : random.Pick(s_versions)).Append(LineEnd(random));
        var lines = new List<string>(s_goodHeaders);
        for (int i = random.Next(6); i > 0; i--) lines.Insert(random.Next(lines.Count + 1), random.Pick(s_moreHeaders));
        for (int i = random.Next(4); i > 0 && random.OneIn(2); i--) lines.RemoveAt(random.Next(lines.Count));
        if (random.OneIn(10)) lines.Add("X: " + new string('y', random.Next(600)));
        foreach (string line in lines) head.Append(line).Append(LineEnd(random));
        if (!random.OneIn(10)) head.Append("\r\n");
        if (random.OneIn(8)) head.Append("\u0081\u0080rest");

        byte[] input = Encoding.Latin1.GetBytes("." + head);
        // Mostly use the largest limits: number 5 of the first kind and number 3 of the second.
        input[0] = random.OneIn(3) ? random.NextByte() : (byte)((3 * 16) + 5);
        return input;
    }

    private static string Space(FuzzRandom random) => random.OneIn(60) ? random.Pick(["", "  ", "\t"]) : " ";

    private static string LineEnd(FuzzRandom random) => random.OneIn(80) ? random.Pick(["\n", "\r", "\r\r\n", " \r\n", ""]) : "\r\n";
}
