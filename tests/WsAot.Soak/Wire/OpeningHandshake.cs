using System.Text;
using WsAot.TestKit.Handshake;

namespace WsAot.Soak.Wire;

/// <summary>RFC 6455 section 4.1, with the key of the example in section 1.3.</summary>
internal static class OpeningHandshake
{
    public static byte[] Request(string path, bool offersDeflate) => ExampleHandshake.Request(
        path, "127.0.0.1", offersDeflate ? ["Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover"] : []);

    /// <summary>Opens a connection.</summary>
    /// <exception cref="WireException">The server refuses it.</exception>
    public static ClientSocket Open(ServerAddress server, string path)
    {
        ClientSocket socket = new(server);
        socket.Connect();
        socket.Send(Request(path, offersDeflate: false));
        byte[] head = new byte[1024];
        Check(head.AsSpan(0, socket.Receive(head)));
        return socket;
    }

    /// <summary>Whether the response accepts permessage-deflate.</summary>
    /// <exception cref="WireException">The response is not the expected 101.</exception>
    public static bool Check(ReadOnlySpan<byte> head)
    {
        string text = Encoding.ASCII.GetString(head);
        if (!text.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal)) throw new WireException($"refused: {text.Split('\r')[0]}");
        if (!text.Contains($"\r\nSec-WebSocket-Accept: {ExampleHandshake.Accept}\r\n", StringComparison.OrdinalIgnoreCase))
        {
            throw new WireException("wrong Sec-WebSocket-Accept");
        }

        return text.Contains("\r\nSec-WebSocket-Extensions: permessage-deflate", StringComparison.OrdinalIgnoreCase);
    }
}
