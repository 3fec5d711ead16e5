using WsAot.Protocol.Deflate;

namespace WsAot.Compression;

/// <summary>
/// The compression that one connection negotiated. Without context takeover it uses the loop's compressor and decompressor; with context
/// takeover it has its own.
/// </summary>
internal sealed class ConnectionCompression(LoopCompression loop, DeflateParameters parameters, int thresholdBytes) : IDisposable
{
    private MessageDeflater? _deflater;
    private MessageInflater? _inflater;

    /// <summary>The window size of the server's compressor, as a base-2 logarithm.</summary>
    public int WindowBits => parameters.ServerMaxWindowBits;

    /// <summary>Whether a message compressed for this connection can be sent to others with the same window.</summary>
    public bool IsShareable => parameters.ServerNoContextTakeover;

    /// <summary>The decompressor: the connection's own, the one it keeps for a message in progress, or the loop's.</summary>
    public MessageInflater Inflater => _inflater ?? (parameters.ClientNoContextTakeover
        ? loop.Inflater
        : _inflater = loop.CreateInflater(parameters.ClientMaxWindowBits));

    /// <summary>A message is in progress, so no other connection may use the decompressor.</summary>
    public void KeepInflater()
    {
        if (parameters.ClientNoContextTakeover) _inflater ??= loop.TakeInflater();
    }

    /// <summary>No message is in progress.</summary>
    public void ReleaseInflater()
    {
        if (!parameters.ClientNoContextTakeover || _inflater is not { } taken) return;
        _inflater = null;
        loop.ReturnInflater(taken);
    }

    /// <summary>Whether a message is long enough to be compressed. Compressing a short one costs time and saves nothing.</summary>
    public bool IsWorthwhile(int payloadBytes) => payloadBytes >= thresholdBytes;

    /// <summary>Compresses a message.</summary>
    /// <returns>The compressed message, valid until the next message of any connection of the loop.</returns>
    public ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> payload)
    {
        MessageDeflater deflater = IsShareable ? loop.Deflater(WindowBits) : _deflater ??= loop.CreateDeflater(WindowBits);
        return deflater.Deflate(payload);
    }

    /// <summary>
    /// The result of <see cref="Deflate"/> has been written. Frees the buffer that the compressor would keep after a large message; a
    /// connection's own compressor would keep it as long as the connection lives.
    /// </summary>
    public void TrimDeflater()
    {
        if (IsShareable) loop.Deflater(WindowBits).Trim();
        else _deflater?.Trim();
    }

    /// <summary>Frees the connection's own compressor and decompressor.</summary>
    public void Dispose()
    {
        _deflater?.Dispose();
        _inflater?.Dispose();
    }
}
