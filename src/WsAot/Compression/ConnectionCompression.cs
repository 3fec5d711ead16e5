using WsAot.Protocol.Deflate;

namespace WsAot.Compression;

/// <summary>The compression of one connection, as it was agreed on. What takes turns is the loop's, what remembers is its own.</summary>
internal sealed class ConnectionCompression(LoopCompression loop, DeflateParameters parameters, int thresholdBytes) : IDisposable
{
    private MessageDeflater? _deflater;
    private MessageInflater? _inflater;

    /// <summary>The window of what the server compresses.</summary>
    public int WindowBits => parameters.ServerMaxWindowBits;

    /// <summary>Whether what is compressed for one such connection can be sent to another.</summary>
    public bool IsShareable => parameters.ServerNoContextTakeover;

    /// <summary>Whether this connection has a compressor or a decompressor of its own, or had one.</summary>
    public bool OwnsMemory => _deflater is not null || _inflater is not null;

    public MessageInflater Inflater => parameters.ClientNoContextTakeover
        ? loop.Inflater
        : _inflater ??= loop.CreateInflater(parameters.ClientMaxWindowBits);

    /// <summary>Whether a message is worth compressing: below some length it costs time and gains nothing.</summary>
    public bool IsWorthwhile(int payloadBytes) => payloadBytes >= thresholdBytes;

    /// <summary>Compresses a message.</summary>
    /// <returns>Valid until the next message of any connection of the loop.</returns>
    public ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> payload)
    {
        MessageDeflater deflater = IsShareable ? loop.Deflater(WindowBits) : _deflater ??= loop.CreateDeflater(WindowBits);
        return deflater.Deflate(payload);
    }

    /// <summary>The connection has ended.</summary>
    public void Dispose()
    {
        _deflater?.Dispose();
        _inflater?.Dispose();
    }
}
