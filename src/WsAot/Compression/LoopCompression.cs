using System.Buffers;
using WsAot.Protocol.Deflate;

namespace WsAot.Compression;

/// <summary>
/// The compressors and the decompressor that the connections of a loop take turns with, made when they are first needed. Used on that loop
/// only.
/// </summary>
internal sealed class LoopCompression(int level, ArrayPool<byte> pool) : IDisposable
{
    private readonly MessageDeflater?[] _deflaters = new MessageDeflater?[DeflateParameters.LargestWindowBits + 1];
    private MessageInflater? _inflater;

    /// <summary>Inflates what was compressed with any window, since it has the largest.</summary>
    public MessageInflater Inflater => _inflater ??= new MessageInflater(DeflateParameters.LargestWindowBits, noContextTakeover: true, pool);

    /// <summary>The compressor for a window: clients that ask for a smaller one are few, and get one of their own.</summary>
    public MessageDeflater Deflater(int windowBits) =>
        _deflaters[windowBits] ??= new MessageDeflater(windowBits, noContextTakeover: true, level, pool);

    /// <summary>A compressor for one connection, whose messages refer to those before them.</summary>
    public MessageDeflater CreateDeflater(int windowBits) => new(windowBits, noContextTakeover: false, level, pool);

    /// <summary>A decompressor for one connection, whose messages refer to those before them.</summary>
    public MessageInflater CreateInflater(int windowBits) => new(windowBits, noContextTakeover: false, pool);

    public void Dispose()
    {
        _inflater?.Dispose();
        foreach (MessageDeflater? deflater in _deflaters) deflater?.Dispose();
    }
}
