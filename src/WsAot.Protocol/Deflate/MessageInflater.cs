using System.Buffers;
using System.Runtime.InteropServices;
using WsAot.Protocol.Messages;

namespace WsAot.Protocol.Deflate;

/// <summary>
/// Inflates messages (RFC 7692 section 7.2.2). With context takeover it belongs to one connection; without, several connections can share
/// it, and no message can see data of another. Not thread-safe.
/// </summary>
public sealed unsafe class MessageInflater : IDisposable
{
    private const int SharedKeptBytes = 64 * 1024;

    // After each final block we must restart the decompressor, and it costs the sender only two bytes, so their number is limited. A normal
    // sender that uses final blocks (section 7.2.3.4) uses one per message.
    private const int MaxFinalBlocks = 16;

    // From this length on, the final length of a message is estimated. Keep it above what a server inflates in one turn.
    private const int EstimateBytes = 256 * 1024;

    private readonly ArrayPool<byte> _pool;
    private readonly int _keptBytes;
    private readonly int _windowBits;
    private readonly bool _noContextTakeover;
    private ZLib.Stream* _stream;
    private bool _isInitialized;
    private byte[] _output = [];
    private int _length;        // bytes of the message in the output
    private long _used;         // compressed bytes of the message so far
    private long _finished;     // compressed bytes of the last finished message; 0: taken
    private int _finalBlocks;   // in the message

    /// <summary>Creates a decompressor. Its 40 KiB or so of native memory are allocated with the first message.</summary>
    /// <param name="windowBits">The negotiated window: 8 to 15.</param>
    /// <param name="noContextTakeover">Whether each message is compressed by itself.</param>
    /// <param name="pool">The pool for the buffer of the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is out of its range.</exception>
    public MessageInflater(int windowBits, bool noContextTakeover, ArrayPool<byte> pool)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowBits, DeflateParameters.SmallestWindowBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowBits, DeflateParameters.LargestWindowBits);
        (_windowBits, _noContextTakeover, _pool) = (windowBits, noContextTakeover, pool);
        _keptBytes = noContextTakeover ? SharedKeptBytes : 0;
        _stream = (ZLib.Stream*)NativeMemory.AllocZeroed((nuint)sizeof(ZLib.Stream));
    }

    /// <summary>
    /// Frees the native memory if <see cref="Dispose"/> was not called. The buffer is left to the garbage collector, since a message in it
    /// may still be read.
    /// </summary>
    ~MessageInflater() => FreeNative();

    // Section 7.2.2: the four bytes that the sender left out. The fifth is a probe that zlib must not consume.
    private static ReadOnlySpan<byte> TailAndProbe => [0x00, 0x00, 0xFF, 0xFF, 0x00];

    /// <summary>Whether a message is only partly inflated: the next call continues it.</summary>
    public bool IsInProgress { get; private set; }

    /// <summary>Inflates a message, or the next part of it.</summary>
    /// <param name="compressed">
    /// The payloads of its frames, joined. While <see cref="IsInProgress"/>: the bytes that earlier calls have not used.
    /// </param>
    /// <param name="limits">How long the message may become (checked while it grows), and after how many bytes this call returns.</param>
    /// <param name="used">The number of compressed bytes that were used.</param>
    /// <param name="message">The message; empty while <see cref="IsInProgress"/>. Valid until the next call of any member.</param>
    /// <returns><see cref="ProtocolError.None"/>, or what is wrong. After an error, the context of earlier messages is lost.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="InflateLimits.MaxBytes"/> is not from 0 to 1 GiB, or <see cref="InflateLimits.PartBytes"/> is not above 0.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">zlib got no memory.</exception>
    public ProtocolError Inflate(scoped ReadOnlySpan<byte> compressed, InflateLimits limits, out int used, out ReadOnlySpan<byte> message)
    {
        ObjectDisposedException.ThrowIf(_stream is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.MaxBytes, ReceiveLimits.LargestMaxMessageBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limits.PartBytes);

        bool isDone = true;
        ProtocolError error = ProtocolError.None;
        used = 0;
        if (!IsInProgress)
        {
            // Clear the window first, so that a message cannot read what another has left there. It is also cleared below, but the last
            // call may have thrown before that.
            if (_noContextTakeover) End();
            (_length, _used, _finalBlocks) = (0, 0, 0);

            // Section 7.2.3.6: even an empty message is one byte.
            if (compressed.IsEmpty) error = ProtocolError.InvalidDeflateData;
        }

        if (error == ProtocolError.None) error = InflatePart(compressed, limits, out used, out isDone);
        IsInProgress = !isDone;
        message = default;
        if (IsInProgress) return ProtocolError.None;

        // A message that ended with a final block needs no tail, because its stream is complete. (If its last byte is only the header of a
        // final empty block, it needs the tail, and the next message finds that the stream has ended.)
        if (error == ProtocolError.None && _isInitialized && !EndsInBlock()) error = ProtocolError.InvalidDeflateData;

        if (_noContextTakeover || error != ProtocolError.None) End();
        if (error != ProtocolError.None)
        {
            Trim();
            return error;
        }

        message = _output.AsSpan(0, _length);
        _finished = _used;
        return ProtocolError.None;
    }

    /// <summary>Returns the compressed length of the last message, once.</summary>
    /// <returns>
    /// The compressed length in bytes of the message that <see cref="Inflate"/> returned last; 0 if you have taken it already, or if no
    /// message was inflated since <see cref="Trim"/>.
    /// </returns>
    public long TakeCompressedBytes()
    {
        long bytes = _finished;
        _finished = 0;
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FreeNative();
        ReturnOutput();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Returns the buffer of the last result to the pool. A shared decompressor keeps a buffer that is not large; a message in progress
    /// keeps its buffer.
    /// </summary>
    public void Trim()
    {
        _finished = 0;
        if (_output.Length > _keptBytes && !IsInProgress) ReturnOutput();
    }

    private ProtocolError InflatePart(scoped ReadOnlySpan<byte> compressed, InflateLimits limits, out int used, out bool isDone)
    {
        isDone = true;
        used = 0;
        // Room for one byte above the limit shows whether a message is too long or just fits.
        int end = (int)Math.Min(limits.MaxBytes + 1L, (long)_length + limits.PartBytes);
        fixed (byte* input = compressed)
        {
            _stream->NextIn = input;
            _stream->AvailableIn = (uint)compressed.Length;
            while (_finalBlocks <= MaxFinalBlocks)
            {
                if (_length == _output.Length) Grow((int)_stream->AvailableIn, limits.MaxBytes);
                uint before = _stream->AvailableIn;
                int result = InflateOnce(end);
                _used += before - _stream->AvailableIn;
                used = compressed.Length - (int)_stream->AvailableIn;
                if (_length > limits.MaxBytes) return ProtocolError.MessageTooBig;

                switch (result)
                {
                    case ZLib.StreamEnd:
                        // Section 7.2.3.4: a block with BFINAL ends a deflate stream, not the message. What follows is a new stream with an
                        // empty window, since the zlib that the runtime exports cannot take over a window.
                        End();
                        if (_stream->AvailableIn == 0) return ProtocolError.None;
                        _finalBlocks++;
                        break;
                    case ZLib.Ok when _stream->AvailableIn > 0 || _stream->AvailableOut == 0:
                        break;
                    case ZLib.Ok or ZLib.BufferError when _stream->AvailableIn == 0:
                        return ProtocolError.None;
                    case ZLib.MemoryError:
                        throw new InsufficientMemoryException("zlib cannot allocate a window.");
                    default:
                        return ProtocolError.InvalidDeflateData;
                }

                if (_length < end) continue;
                isDone = false;
                return ProtocolError.None;
            }

            return ProtocolError.InvalidDeflateData;
        }
    }

    private int InflateOnce(int maxLength)
    {
        Begin();
        int room = Math.Min(_output.Length, maxLength) - _length;
        fixed (byte* output = _output)
        {
            _stream->NextOut = output + _length;
            _stream->AvailableOut = (uint)room;
            int result = ZLib.Inflate(_stream, ZLib.SyncFlush);
            _length += room - (int)_stream->AvailableOut;
            return result;
        }
    }

    // Section 7.2.2: with its tail added back, a whole message ends at the end of a block. With Z_BLOCK, zlib stops there, before the
    // probe. If the message ends inside a block, zlib goes on: it consumes the probe, or finds output or an error in the tail. This detects
    // a message that was cut off, which the next message could otherwise complete.
    private bool EndsInBlock()
    {
        byte none;
        fixed (byte* input = TailAndProbe)
        {
            _stream->NextIn = input;
            _stream->AvailableIn = (uint)TailAndProbe.Length;
            _stream->NextOut = &none;
            _stream->AvailableOut = 1;
            return ZLib.Inflate(_stream, ZLib.Block) == ZLib.Ok && _stream->AvailableIn == 1 && _stream->AvailableOut == 1;
        }
    }

    private void Begin()
    {
        if (_isInitialized) return;
        byte* nextIn = _stream->NextIn;
        uint availableIn = _stream->AvailableIn;

        // Negative: raw deflate.
        int result = ZLib.InflateInit(_stream, -_windowBits);
        _isInitialized = true;
        if (result != ZLib.Ok)
        {
            End();
            throw new InsufficientMemoryException($"zlib cannot create a decompressor (error {result}).");
        }

        _stream->NextIn = nextIn;
        _stream->AvailableIn = availableIn;
    }

    private void Grow(int compressedBytes, int maxBytes)
    {
        // A long message compresses about evenly, so the ratio so far predicts its final length. The buffer is then copied once, not at
        // each doubling.
        long estimate = _used > 0 ? (long)_length * (_used + compressedBytes) / _used : 0;
        long wanted = Math.Max(Math.Max(512, compressedBytes), Math.Max(2L * _length, _length < EstimateBytes ? 0 : estimate));
        byte[] larger = _pool.Rent((int)Math.Min(maxBytes + 1L, wanted));
        _output.AsSpan(0, _length).CopyTo(larger);
        ReturnOutput();
        _output = larger;
    }

    private void End()
    {
        if (!_isInitialized) return;
        _ = ZLib.InflateEnd(_stream);
        _isInitialized = false;
    }

    private void ReturnOutput()
    {
        if (_output.Length > 0) _pool.Return(_output);
        _output = [];
    }

    private void FreeNative()
    {
        if (_stream is null) return;
        End();
        NativeMemory.Free(_stream);
        _stream = null;
    }
}
