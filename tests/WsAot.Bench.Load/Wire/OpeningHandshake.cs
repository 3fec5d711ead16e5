using System.Text;
using WsAot.Bench.Load.Native;

namespace WsAot.Bench.Load.Wire;

/// <summary>The client's side of RFC 6455 section 4.1. The key is the one of the RFC's example, so that its answer is a constant.</summary>
internal static class OpeningHandshake
{
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";
    private const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private const string Extension = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    public static byte[] Request(int port, string path, bool offersDeflate) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        $"Sec-WebSocket-Key: {Key}\r\nSec-WebSocket-Version: "
        + $"13\r\n{(offersDeflate ? $"Sec-WebSocket-Extensions: {Extension}\r\n" : "")}\r\n");

    /// <exception cref="LoadException">The server did not upgrade, or not with the offered extension.</exception>
    public static void Perform(ClientSocket socket, ReadOnlySpan<byte> request, bool offersDeflate)
    {
        socket.Send(request);
        Span<byte> buffer = stackalloc byte[2048];
        int length = 0;
        while (!buffer[..length].EndsWith("\r\n\r\n"u8))
        {
            if (length == buffer.Length) throw new LoadException("The server's answer to the handshake does not end, or more follows it.");
            length += socket.Receive(buffer[length..]);
        }

        Check(Encoding.Latin1.GetString(buffer[..length]), offersDeflate);
    }

    public static void Check(string response, bool offersDeflate)
    {
        string[] lines = response.Split("\r\n");
        if (!lines[0].StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
        {
            throw new LoadException($"The server answers the handshake with '{lines[0]}'.");
        }

        if (Value(lines, "Sec-WebSocket-Accept") != Accept) throw new LoadException("Sec-WebSocket-Accept is wrong.");
        string? extension = Value(lines, "Sec-WebSocket-Extensions");
        bool isDeflating = extension?.StartsWith("permessage-deflate", StringComparison.Ordinal) ?? false;
        if (offersDeflate && !isDeflating) throw new LoadException("The server does not accept permessage-deflate.");
        if (!offersDeflate && extension is not null) throw new LoadException($"The server chose '{extension}' unasked.");
        if (offersDeflate && !extension!.Contains("server_no_context_takeover", StringComparison.Ordinal))
        {
            throw new LoadException("The server keeps a context that was to be left out.");
        }
    }

    private static string? Value(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
