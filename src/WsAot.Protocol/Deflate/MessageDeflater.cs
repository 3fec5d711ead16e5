using System.Buffers;
using System.Runtime.InteropServices;
using WsAot.Protocol.Messages;

namespace WsAot.Protocol.Deflate;

/// <summary>
/// Compresses messages (RFC 7692 section 7.2.1). With context takeover it belongs to one connection; without, several connections can share
/// it, since each message is compressed by itself. Not thread-safe.
/// </summary>
public sealed unsafe class MessageDeflater : IDisposable
{
    // zlib's own default: 2^(8+9) bytes of hash chains beside the window.
    private const int DefaultMemLevel = 8;

    // The end of a sync flush (section 7.2.1), which the receiver adds back.
    private const int TailLength = 4;

    private const int SharedKeptBytes = 64 * 1024;

    private readonly ArrayPool<byte> _pool;
    private readonly int _keptBytes;
    private readonly int _flush;
    private ZLib.Stream* _stream;
    private byte[] _output = [];

    /// <summary>Creates a compressor. It takes about 230 KiB of native memory with the largest window.</summary>
    /// <param name="windowBits">The negotiated window: 8 to 15.</param>
    /// <param name="noContextTakeover">Whether each message is compressed by itself.</param>
    /// <param name="level">1, fastest, to 9, smallest.</param>
    /// <param name="pool">The pool for the buffer of the compressed message.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="InsufficientMemoryException">zlib got no memory.</exception>
    public MessageDeflater(int windowBits, bool noContextTakeover, int level, ArrayPool<byte> pool)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowBits, DeflateParameters.SmallestWindowBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowBits, DeflateParameters.LargestWindowBits);
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 9);
        _pool = pool;
        // A full flush forgets earlier data, as "no context takeover" requires (section 7.1.1.1). The runtime does not export deflateReset.
        _flush = noContextTakeover ? ZLib.FullFlush : ZLib.SyncFlush;
        _keptBytes = noContextTakeover ? SharedKeptBytes : 0;
        _stream = (ZLib.Stream*)NativeMemory.AllocZeroed((nuint)sizeof(ZLib.Stream));

        // Section 7.1.2.1 allows a window of 2^8, for which zlib has no raw compressor. Use 2^9: zlib never refers farther back than its
        // window less 262 bytes, so it stays within 250. Negative: raw deflate, without zlib's header and trailer.
        int result = ZLib.DeflateInit(
            _stream, level, ZLib.MethodDeflate, -Math.Max(windowBits, 9), DefaultMemLevel, ZLib.DefaultStrategy);
        if (result != ZLib.Ok)
        {
            FreeNative();
            throw new InsufficientMemoryException($"zlib cannot create a compressor (error {result}).");
        }
    }

    /// <summary>
    /// Frees the native memory if <see cref="Dispose"/> was not called. The buffer is left to the garbage collector, since a result in it
    /// may still be read.
    /// </summary>
    ~MessageDeflater() => FreeNative();

    /// <summary>Compresses one message, to be sent in one frame.</summary>
    /// <param name="message">
    /// The message: 1 GiB at most. With context takeover, you must send the results in the order of the calls, since later messages refer
    /// to earlier ones.
    /// </param>
    /// <returns>The compressed message; valid until the next call of any member.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The message is longer than 1 GiB.</exception>
    public ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> message)
    {
        ObjectDisposedException.ThrowIf(_stream is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, ReceiveLimits.LargestMaxMessageBytes);
        // Section 7.2.3.6: an empty message is the first byte of an empty block. zlib has nothing to flush, so it cannot write this.
        if (message.IsEmpty) return "\0"u8;

        int length = 0;
        Reserve(length, Math.Max(256, message.Length / 2));
        fixed (byte* input = message)
        {
            _stream->NextIn = input;
            _stream->AvailableIn = (uint)message.Length;
            while (true)
            {
                fixed (byte* output = _output)
                {
                    _stream->NextOut = output + length;
                    _stream->AvailableOut = (uint)(_output.Length - length);
                    // With room for output and a valid stream, zlib can return no error here.
                    _ = ZLib.Deflate(_stream, _flush);
                    length = _output.Length - (int)_stream->AvailableOut;
                }

                // zlib is done when it leaves room in the output. If the output is exactly full, one more call adds an empty block: five
                // bytes, which zlib.h warns of and every inflater skips.
                if (_stream->AvailableOut > 0) break;
                Reserve(length, (int)Math.Min(2L * length, Array.MaxLength));
            }
        }

        // Section 7.2.1: the tail 00 00 FF FF is left out.
        return _output.AsSpan(0, length - TailLength);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FreeNative();
        ReturnOutput();
        GC.SuppressFinalize(this);
    }

    /// <summary>Returns the buffer of the last result to the pool. A shared compressor keeps a buffer that is not large.</summary>
    public void Trim()
    {
        if (_output.Length > _keptBytes) ReturnOutput();
    }

    private void Reserve(int kept, int capacity)
    {
        if (_output.Length >= capacity) return;
        byte[] larger = _pool.Rent(capacity);
        _output.AsSpan(0, kept).CopyTo(larger);
        ReturnOutput();
        _output = larger;
    }

    private void ReturnOutput()
    {
        if (_output.Length > 0) _pool.Return(_output);
        _output = [];
    }

    private void FreeNative()
    {
        if (_stream is null) return;
        _ = ZLib.DeflateEnd(_stream);
        NativeMemory.Free(_stream);
        _stream = null;
    }
}
