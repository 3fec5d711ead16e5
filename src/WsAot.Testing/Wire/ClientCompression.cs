using System.Buffers;
using System.Globalization;
using WsAot.Protocol;
using WsAot.Protocol.Deflate;

namespace WsAot.Testing.Wire;

/// <summary>The client's side of permessage-deflate (RFC 7692).</summary>
internal sealed class ClientCompression : IDisposable
{
    private readonly MessageDeflater _deflater;
    private readonly MessageInflater _inflater;

    private ClientCompression(int clientBits, bool clientForgets, int serverBits, bool serverForgets)
    {
        _deflater = new MessageDeflater(clientBits, clientForgets, level: 1, ArrayPool<byte>.Shared);
        _inflater = new MessageInflater(serverBits, serverForgets, ArrayPool<byte>.Shared);
    }

    /// <summary>Creates the compression that the server's answer selects; null for no compression.</summary>
    /// <param name="extensions">The Sec-WebSocket-Extensions of the response.</param>
    public static ClientCompression? Create(string? extensions)
    {
        if (extensions is null) return null;
        string[] parts = extensions.Split(';', StringSplitOptions.TrimEntries);
        if (parts[0] != DeflateParameters.ExtensionName) throw new WsTestException($"The client did not offer {extensions}.");
        return new ClientCompression(
            BitsOf(parts, "client_max_window_bits="),
            parts.Contains("client_no_context_takeover"),
            BitsOf(parts, "server_max_window_bits="),
            parts.Contains("server_no_context_takeover"));
    }

    public byte[] Deflate(ReadOnlySpan<byte> message) => _deflater.Deflate(message).ToArray();

    public byte[] Inflate(ReadOnlySpan<byte> compressed)
    {
        const int MaxBytes = 1024 * 1024 * 1024;
        ProtocolError error = _inflater.Inflate(compressed, new InflateLimits(MaxBytes), out _, out ReadOnlySpan<byte> message);
        if (error != ProtocolError.None) throw new WsTestException("The server sent a message that cannot be decompressed.");
        return message.ToArray();
    }

    public void Dispose()
    {
        _deflater.Dispose();
        _inflater.Dispose();
    }

    private static int BitsOf(string[] parts, string name)
    {
        string? part = Array.Find(parts, part => part.StartsWith(name, StringComparison.Ordinal));
        return part is null ? DeflateParameters.LargestWindowBits : int.Parse(part.AsSpan(name.Length), CultureInfo.InvariantCulture);
    }
}
