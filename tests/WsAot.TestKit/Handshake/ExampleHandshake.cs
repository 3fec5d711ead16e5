using System.Security.Cryptography;
using System.Text;

namespace WsAot.TestKit.Handshake;

/// <summary>The opening handshake (RFC 6455 section 4) with the key of the RFC's example in section 1.3, whose answer is known.</summary>
public static class ExampleHandshake
{
    /// <summary>Sec-WebSocket-Key.</summary>
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>The Sec-WebSocket-Accept that answers <see cref="Key"/>.</summary>
    public const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    /// <summary>A client's request.</summary>
    /// <param name="path">The request target.</param>
    /// <param name="host">The Host header.</param>
    /// <param name="headers">More header lines, without their line ends.</param>
    public static byte[] Request(string path, string host, params IEnumerable<string> headers) => Encoding.UTF8.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        $"Sec-WebSocket-Key: {Key}\r\nSec-WebSocket-Version: 13\r\n{string.Concat(headers.Select(static line => line + "\r\n"))}\r\n");

    /// <summary>The Sec-WebSocket-Accept for a key (section 4.2.2 item 5.4).</summary>
    public static string ComputeAccept(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.Latin1.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}
