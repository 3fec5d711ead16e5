using System.Buffers;
using System.Runtime.InteropServices;

namespace WsAot.Protocol.Deflate;

/// <summary>
/// Inflates messages (RFC 7692 section 7.2.2). With context takeover it belongs to one connection; without, any number of them can take
/// turns: nothing of one message can be seen by the next. Not thread-safe.
/// </summary>
public sealed unsafe class MessageInflater : IDisposable
{
    private const int SharedKeptBytes = 64 * 1024;

    private readonly ArrayPool<byte> _pool;
    private readonly int _keptBytes;
    private readonly int _windowBits;
    private readonly bool _noContextTakeover;
    private ZLib.Stream* _stream;
    private bool _isInitialized;
    private byte[] _output = [];

    /// <summary>Makes a decompressor; its some 40 KiB of native memory come with the first message.</summary>
    /// <param name="windowBits">The window agreed on: 8 to 15.</param>
    /// <param name="noContextTakeover">Whether each message was compressed by itself.</param>
    /// <param name="pool">Where the buffer for the message comes from.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is out of its range.</exception>
    public MessageInflater(int windowBits, bool noContextTakeover, ArrayPool<byte> pool)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowBits, DeflateParameters.SmallestWindowBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowBits, DeflateParameters.LargestWindowBits);
        (_windowBits, _noContextTakeover, _pool) = (windowBits, noContextTakeover, pool);
        _keptBytes = noContextTakeover ? SharedKeptBytes : 0;
        _stream = (ZLib.Stream*)NativeMemory.AllocZeroed((nuint)sizeof(ZLib.Stream));
    }

    /// <summary>Gives the native memory back, should <see cref="Dispose"/> have been forgotten.</summary>
    ~MessageInflater() => Free();

    // Section 7.2.2: the sender left these out.
    private static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xFF, 0xFF];

    /// <summary>Inflates one whole message.</summary>
    /// <param name="compressed">The payloads of its frames, one after the other.</param>
    /// <param name="limits">How long it may become; looked at while it grows.</param>
    /// <param name="message">The message; valid until the next call of any member.</param>
    /// <returns><see cref="ProtocolError.None"/>, or what is wrong.</returns>
    public ProtocolError Inflate(ReadOnlySpan<byte> compressed, InflateLimits limits, out ReadOnlySpan<byte> message)
    {
        ObjectDisposedException.ThrowIf(_stream is null, this);
        // A message that refers to what another has left in the window would read what is not its own.
        if (_noContextTakeover)
            End();

        int length = 0;
        ProtocolError error = Inflate(compressed, limits.For(compressed.Length), ref length);
        // A message that ended in a final block needs no tail: there is no stream that it could complete.
        if (error == ProtocolError.None && _isInitialized)
            error = Inflate(Tail, limits.For(compressed.Length), ref length);
        message = error == ProtocolError.None ? _output.AsSpan(0, length) : default;
        return error;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Gives the buffer back that the last result lies in. One that connections take turns with keeps it, unless it has grown large.
    /// </summary>
    public void Trim()
    {
        if (_output.Length <= _keptBytes)
            return;
        _pool.Return(_output);
        _output = [];
    }

    private ProtocolError Inflate(ReadOnlySpan<byte> compressed, int maxBytes, ref int length)
    {
        fixed (byte* input = compressed)
        {
            _stream->NextIn = input;
            _stream->AvailableIn = (uint)compressed.Length;
            while (true)
            {
                // One byte of room more than is allowed tells a message that is too long from one that just fits.
                if (length == _output.Length)
                    Reserve(length, (int)Math.Min(maxBytes + 1L, Math.Max(512, 2L * length)));
                int result = InflateOnce(ref length, maxBytes + 1L);
                if (length > maxBytes)
                    return ProtocolError.MessageTooBig;

                switch (result)
                {
                    case ZLib.StreamEnd:
                        // Section 7.2.3.4: a block with BFINAL set ends a stream of deflate, not the message. What follows is a new
                        // stream, and its window is empty: zlib as the runtime exports it cannot take one over.
                        End();
                        if (_stream->AvailableIn == 0)
                            return ProtocolError.None;
                        break;
                    case ZLib.Ok when _stream->AvailableIn > 0 || _stream->AvailableOut == 0:
                        break;
                    case ZLib.Ok or ZLib.BufferError when _stream->AvailableIn == 0:
                        return ProtocolError.None;
                    case ZLib.BufferError when _stream->AvailableOut == 0:
                        break;
                    default:
                        return ProtocolError.InvalidDeflateData;
                }
            }
        }
    }

    private int InflateOnce(ref int length, long maxLength)
    {
        if (!_isInitialized)
        {
            byte* nextIn = _stream->NextIn;
            uint availableIn = _stream->AvailableIn;
            // Negative: raw deflate.
            if (ZLib.InflateInit(_stream, -_windowBits) != ZLib.Ok)
                throw new InsufficientMemoryException("zlib cannot make a decompressor.");
            _stream->NextIn = nextIn;
            _stream->AvailableIn = availableIn;
            _isInitialized = true;
        }

        int room = (int)Math.Min(_output.Length, maxLength) - length;
        fixed (byte* output = _output)
        {
            _stream->NextOut = output + length;
            _stream->AvailableOut = (uint)room;
            int result = ZLib.Inflate(_stream, ZLib.SyncFlush);
            length += room - (int)_stream->AvailableOut;
            return result;
        }
    }

    private void Reserve(int kept, int capacity)
    {
        byte[] larger = _pool.Rent(capacity);
        _output.AsSpan(0, kept).CopyTo(larger);
        if (_output.Length > 0)
            _pool.Return(_output);
        _output = larger;
    }

    private void End()
    {
        if (!_isInitialized)
            return;
        _ = ZLib.InflateEnd(_stream);
        _isInitialized = false;
    }

    private void Free()
    {
        if (_stream is null)
            return;
        End();
        NativeMemory.Free(_stream);
        _stream = null;
        if (_output.Length > 0)
            _pool.Return(_output);
        _output = [];
    }
}
