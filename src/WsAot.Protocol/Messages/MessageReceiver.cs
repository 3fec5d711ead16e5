using System.Buffers;
using System.Buffers.Binary;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Frames;

namespace WsAot.Protocol.Messages;

/// <summary>
/// Turns the bytes that a client sends after the opening handshake into messages and control frames (RFC 6455 sections 5 and 6.2).
/// It lives as a field of its connection, is resumable at every byte, and owns no buffer while idle. Not thread-safe; do not copy.
/// </summary>
/// <remarks>
/// One rented buffer holds what is incomplete: the bytes of the message so far and, behind them, those of a control frame that came
/// in between (section 5.4). The two never grow at the same time.
/// </remarks>
public partial struct MessageReceiver
{
    // Small enough that many connections with a partial message stay cheap, large enough that most messages never grow it.
    private const int InitialCapacity = 512;

    // A quarter of the smallest first-level cache in use.
    private const int TextPieceBytes = 8 * 1024;

    private byte[]? _buffer;
    private int _length;            // bytes of the message in the buffer
    private int _controlLength;     // bytes of the control frame behind them
    private int _remaining;         // bytes of the current frame's payload still to come
    private int _fragments;         // frames of the message so far; 0: no message in progress
    private uint _maskingKey;
    private PartialHeader _header;
    private byte _headerLength;
    private byte _maskingOffset;
    private ReceivePhase _phase;
    private Opcode _messageOpcode;
    private Opcode _controlOpcode;
    private bool _fin;
    private bool _isCompressed;
    private Utf8Validator _utf8;
    private ProtocolError _error;

    /// <summary>What is wrong, after <see cref="ReceiveStatus.Error"/>; it stays.</summary>
    public readonly ProtocolError Error => _error;

    /// <summary>True between messages, when nothing is kept and no buffer is owned.</summary>
    public readonly bool IsIdle => _phase == ReceivePhase.Idle;

    /// <summary>Whether all input is dropped: see <see cref="Stop"/>.</summary>
    public readonly bool IsStopped => _phase == ReceivePhase.Stopped;

    internal readonly int Capacity => _buffer?.Length ?? 0;

    /// <summary>Consumes from the front of <paramref name="input"/> and returns the next event.</summary>
    /// <param name="input">
    /// What came. It is unmasked in place. What this call used is cut off; all of it when the result is
    /// <see cref="ReceiveStatus.NeedMoreData"/> or <see cref="ReceiveStatus.Error"/>.
    /// </param>
    /// <param name="limits">What the connection accepts.</param>
    /// <param name="pool">Where buffers come from and go back to: the same one at every call.</param>
    /// <param name="payload">
    /// The payload of the event: a slice of the input when the frame is whole inside it, else of a rented buffer. Valid until the next
    /// call of this method or of <see cref="Release"/>, and no longer than the input is.
    /// </param>
    /// <param name="inflater">
    /// What inflates compressed messages (RFC 7692), the same one at every call; null where the extension was not agreed on.
    /// </param>
    public ReceiveStatus Read(
        ref Span<byte> input, ReceiveLimits limits, ArrayPool<byte> pool, out ReadOnlySpan<byte> payload, MessageInflater? inflater = null)
    {
        // The fast path, straight down: one whole unfragmented message of up to 65,535 bytes, nothing pending. All else, wrong frames
        // too, goes the long way; so nothing is refused here but text that is not UTF-8.
        if (_phase == ReceivePhase.Idle && input.Length >= 6)
        {
            // Section 5.2: FIN, no RSV, opcode 1 or 2 are the bytes 0x81 and 0x82; MASK set makes the second byte 0x80 or more.
            uint kind = input[0] - 0x81u;
            int headerLength = 6;
            int length = input[1] - 0x80;
            if (length == 126 && input.Length >= 8)
            {
                headerLength = 8;
                length = BinaryPrimitives.ReadUInt16BigEndian(input[2..]);
                if (length < 126) length = -1;
            }
            else if (length > 125)
            {
                length = -1;
            }

            // A negative length (not masked, not minimal, 64 bits) becomes a number above every limit.
            if (kind <= 1 && (uint)length <= (uint)limits.MaxMessageBytes && length <= input.Length - headerLength)
            {
                Span<byte> message = input.Slice(headerLength, length);
                uint maskingKey = BinaryPrimitives.ReadUInt32LittleEndian(input[(headerLength - 4)..]);
                bool isAscii = Masking.ApplyAndTestAscii(message, maskingKey, 0);
                if (kind == 0 && !isAscii && !VectorUtf8.IsValid(message))
                {
                    return Fail(ProtocolError.InvalidUtf8, ref input, pool, out payload);
                }

                input = input[(headerLength + length)..];
                payload = message;
                return kind == 0 ? ReceiveStatus.Text : ReceiveStatus.Binary;
            }
        }

        return ReadAny(ref input, limits, pool, inflater, out payload);
    }

    /// <summary>
    /// Gives back what is rented and forgets what is incomplete; after an <see cref="Error"/> or <see cref="Stop"/> nothing is read all the
    /// same. For the end of the connection. Idempotent.
    /// </summary>
    /// <param name="pool">The pool that <see cref="Read"/> was given.</param>
    public void Release(ArrayPool<byte> pool)
    {
        ReturnBuffer(pool);
        this = new MessageReceiver { _error = _error, _phase = _phase < ReceivePhase.Failed ? ReceivePhase.Idle : _phase };
    }

    /// <summary>
    /// Reads nothing more (RFC 6455 sections 1.4 and 7.1.7): from here on <see cref="Read"/> drops all input, for a connection that is read
    /// only so that its end is no reset. A payload that <see cref="Read"/> has returned stays valid; what is rented goes back with the next
    /// call, or with <see cref="Release"/>.
    /// </summary>
    public void Stop() => _phase = ReceivePhase.Stopped;

    private ReceiveStatus ReadAny(
        ref Span<byte> input, ReceiveLimits limits, ArrayPool<byte> pool, MessageInflater? inflater, out ReadOnlySpan<byte> payload)
    {
        // What the last event lay in is free now, unless a message in progress lies in it too.
        if (_phase == ReceivePhase.Header && _length == 0) ReturnBuffer(pool);
        inflater?.Trim();

        while (_phase < ReceivePhase.Failed)
        {
            if (_phase <= ReceivePhase.Header)
            {
                FrameReadStatus status = ReadHeader(ref input, inflater is not null, out FrameHeader header, out ProtocolError error);
                if (status == FrameReadStatus.Done) error = BeginFrame(header, limits);
                if (error != ProtocolError.None) return Fail(error, ref input, pool, out payload);
                if (status == FrameReadStatus.NeedMoreData) return AwaitMore(out payload);
            }

            ReceiveStatus result = _phase == ReceivePhase.Control
                ? ReadControl(ref input, pool, out payload)
                : ReadData(ref input, limits, pool, inflater, out payload);
            if (result != ReceiveStatus.NeedMoreData || _phase != ReceivePhase.Header) return result;
        }

        if (_phase == ReceivePhase.Failed) return Fail(_error, ref input, pool, out payload);
        ReturnBuffer(pool);
        input = default;
        payload = default;
        return ReceiveStatus.NeedMoreData;
    }

    private ReceiveStatus AwaitMore(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        _phase = PhaseBetweenFrames();
        return ReceiveStatus.NeedMoreData;
    }

    private FrameReadStatus ReadHeader(ref Span<byte> input, bool mayBeCompressed, out FrameHeader header, out ProtocolError error)
    {
        FrameReadStatus status;
        int kept = _headerLength;
        if (kept == 0)
        {
            status = FrameHeaderReader.Read(input, out header, out error, mayBeCompressed);
            if (status != FrameReadStatus.Done && !input.IsEmpty) error = CheckFirstByte(input[0], error);
            if (status == FrameReadStatus.NeedMoreData)
            {
                input.CopyTo(_header);
                _headerLength = (byte)input.Length;
            }
        }
        else
        {
            Span<byte> bytes = _header;
            int added = Math.Min(bytes.Length - kept, input.Length);
            input[..added].CopyTo(bytes[kept..]);
            status = FrameHeaderReader.Read(bytes[..(kept + added)], out header, out error, mayBeCompressed);
            _headerLength = status == FrameReadStatus.Done ? (byte)0 : (byte)(kept + added);
        }

        // A header that is not complete after MaxLength bytes does not exist, so "more" means that all of the input is kept.
        input = status == FrameReadStatus.Done ? input[(header.Length - kept)..] : default;
        return status;
    }

    // A frame out of order is wrong from its first byte on, whatever its other bytes are and whether they have come: only what is
    // wrong with that byte itself goes before. So the error does not depend on how the input was cut.
    private readonly ProtocolError CheckFirstByte(byte first, ProtocolError error)
    {
        if (error is ProtocolError.ReservedBitSet or ProtocolError.ReservedOpcode) return error;
        ProtocolError order = CheckOrder((Opcode)(first & 0x0F));
        return order == ProtocolError.None ? error : order;
    }

    // Section 5.4: fragments of one message are not interleaved with those of another; control frames may come between.
    private readonly ProtocolError CheckOrder(Opcode opcode)
    {
        if (opcode >= Opcode.Close) return ProtocolError.None;
        if (opcode == Opcode.Continuation) return _fragments == 0 ? ProtocolError.UnexpectedContinuation : ProtocolError.None;
        return _fragments == 0 ? ProtocolError.None : ProtocolError.ExpectedContinuation;
    }

    private ProtocolError BeginFrame(in FrameHeader header, ReceiveLimits limits)
    {
        ProtocolError error = CheckOrder(header.Opcode);
        if (error != ProtocolError.None) return error;

        _maskingKey = header.MaskingKey;
        _maskingOffset = 0;
        if (header.IsControl)
        {
            // Section 5.5.1: a close payload begins with a code of two bytes, so one byte is wrong before it has come.
            if (header is { Opcode: Opcode.Close, PayloadLength: 1 }) return ProtocolError.ClosePayloadOfOneByte;
            _phase = ReceivePhase.Control;
            _controlOpcode = header.Opcode;
            _controlLength = 0;
            _remaining = (int)header.PayloadLength;
            return ProtocolError.None;
        }

        // Section 10.4: limits on the frame and on the whole message, before a byte of it is kept. The subtraction cannot overflow.
        bool isCompressed = _fragments == 0 ? header.IsCompressed : _isCompressed;
        if (header.PayloadLength > (isCompressed ? limits.MaxCompressedBytes : limits.MaxMessageBytes) - _length)
        {
            return ProtocolError.MessageTooBig;
        }

        if (_fragments >= limits.MaxFragments) return ProtocolError.TooManyFragments;
        if (_fragments == 0)
        {
            _messageOpcode = header.Opcode;
            _isCompressed = isCompressed;
            _utf8.Reset();
        }

        _fragments++;
        _fin = header.Fin;
        _remaining = (int)header.PayloadLength;
        _phase = ReceivePhase.Data;
        return ProtocolError.None;
    }

    private readonly ReceivePhase PhaseBetweenFrames() =>
        _buffer is null && _headerLength == 0 && _fragments == 0 ? ReceivePhase.Idle : ReceivePhase.Header;

    private ReceiveStatus Fail(ProtocolError error, ref Span<byte> input, ArrayPool<byte> pool, out ReadOnlySpan<byte> payload)
    {
        // Section 7.1.7: nothing that comes after is looked at, so the rest of the input is dropped and the buffer is not needed.
        ReturnBuffer(pool);
        input = default;
        payload = default;
        _error = error;
        _phase = ReceivePhase.Failed;
        return ReceiveStatus.Error;
    }

    private void ReturnBuffer(ArrayPool<byte> pool)
    {
        if (_buffer is null) return;
        byte[] buffer = _buffer;
        _buffer = null;
        pool.Return(buffer);
    }
}
