using System.Buffers;
using WsAot.Protocol.Deflate;

namespace WsAot.Compression;

/// <summary>
/// The compressors and the decompressor that the connections of a loop share, created on first use. Used only on that loop.
/// </summary>
internal sealed class LoopCompression(int level, ArrayPool<byte> pool) : IDisposable
{
    private readonly MessageDeflater?[] _deflaters = new MessageDeflater?[DeflateParameters.LargestWindowBits + 1];
    private MessageInflater? _inflater;

    /// <summary>The shared decompressor. It has the largest window, so it can inflate messages compressed with any window.</summary>
    public MessageInflater Inflater =>
        _inflater ??= new MessageInflater(DeflateParameters.LargestWindowBits, noContextTakeover: true, pool);

    /// <summary>Decides which connection may inflate a large message.</summary>
    public LoopInflations Inflations { get; } = new();

    /// <summary>Takes the shared decompressor, for a message that is inflated part by part.</summary>
    public MessageInflater TakeInflater()
    {
        MessageInflater taken = Inflater;
        _inflater = null;
        return taken;
    }

    /// <summary>Returns a decompressor that <see cref="TakeInflater"/> gave out.</summary>
    public void ReturnInflater(MessageInflater taken)
    {
        if (_inflater is not null || taken.IsInProgress) taken.Dispose();
        else _inflater = taken;
    }

    /// <summary>The shared compressor for a window size. Most clients use the largest; each smaller size gets its own compressor.</summary>
    public MessageDeflater Deflater(int windowBits) =>
        _deflaters[windowBits] ??= new MessageDeflater(windowBits, noContextTakeover: true, level, pool);

    /// <summary>Creates a compressor for one connection, whose messages refer to earlier ones.</summary>
    public MessageDeflater CreateDeflater(int windowBits) => new(windowBits, noContextTakeover: false, level, pool);

    /// <summary>Creates a decompressor for one connection, whose messages refer to earlier ones.</summary>
    public MessageInflater CreateInflater(int windowBits) => new(windowBits, noContextTakeover: false, pool);

    public void Dispose()
    {
        _inflater?.Dispose();
        foreach (MessageDeflater? deflater in _deflaters) deflater?.Dispose();
    }
}
