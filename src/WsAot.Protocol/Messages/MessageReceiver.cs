using System.Buffers;
using System.Buffers.Binary;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Frames;

namespace WsAot.Protocol.Messages;

/// <summary>
/// Turns the bytes that a client sends after the opening handshake into messages and control frames (RFC 6455 sections 5 and 6.2). It lives
/// as a field of its connection, can resume at every byte, and holds no buffer while idle. Not thread-safe; do not copy.
/// </summary>
/// <remarks>
/// One rented buffer holds what is incomplete: the bytes of the message so far and, behind them, those of a control frame between its
/// fragments (section 5.4). The two never grow at the same time.
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
    private int _remaining;         // bytes of the current frame's payload still to come; while inflating, of the message in the buffer
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

    /// <summary>What is wrong, after <see cref="ReceiveStatus.Error"/>. An error is permanent.</summary>
    public readonly ProtocolError Error => _error;

    /// <summary>Whether the receiver is between messages, keeps nothing and holds no buffer.</summary>
    public readonly bool IsIdle => _phase == ReceivePhase.Idle;

    /// <summary>Whether all input is dropped; see <see cref="Stop"/>.</summary>
    public readonly bool IsStopped => _phase == ReceivePhase.Stopped;

    /// <summary>Whether a part of a message has come.</summary>
    public readonly bool IsInMessage => _fragments > 0;

    /// <summary>Whether a message is being inflated; see <see cref="ReceiveStatus.Inflating"/>.</summary>
    public readonly bool IsInflating => _phase == ReceivePhase.Inflating;

    /// <summary>The bytes of the buffer that it holds; 0: none.</summary>
    public readonly int Capacity => _buffer?.Length ?? 0;

    /// <summary>Reads from the start of <paramref name="input"/> and returns the next event.</summary>
    /// <param name="input">
    /// The bytes received. They are unmasked in place. The bytes that this call used are cut off: all of them if the result is <see
    /// cref="ReceiveStatus.NeedMoreData"/> or <see cref="ReceiveStatus.Error"/>.
    /// </param>
    /// <param name="limits">What the connection accepts.</param>
    /// <param name="pool">The pool for buffers, the same one in every call.</param>
    /// <param name="payload">
    /// The payload of the event: a slice of the input if the frame is whole inside it, else of a rented buffer. Valid until the next call
    /// of this method or of <see cref="Release"/>, and only as long as the input is.
    /// </param>
    /// <param name="inflater">
    /// The inflater for compressed messages (RFC 7692), the same one in every call; null if the extension was not negotiated.
    /// </param>
    public ReceiveStatus Read(
        ref Span<byte> input, ReceiveLimits limits, ArrayPool<byte> pool, out ReadOnlySpan<byte> payload, MessageInflater? inflater = null)
    {
        // The fast path: one whole, unfragmented message of up to 65,535 bytes, and nothing pending. Anything else, invalid frames
        // included, takes the long path, so the only error here is text that is not UTF-8.
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

            // A negative length (not masked, not minimal, or 64 bits) becomes a number above every limit.
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
    /// Returns rented buffers and forgets incomplete messages, at the end of the connection. After an <see cref="Error"/> or <see
    /// cref="Stop"/>, it still reads nothing. Calling it again has no effect.
    /// </summary>
    /// <param name="pool">The pool passed to <see cref="Read"/>.</param>
    public void Release(ArrayPool<byte> pool)
    {
        ReturnBuffer(pool);
        this = new MessageReceiver { _error = _error, _phase = _phase < ReceivePhase.Failed ? ReceivePhase.Idle : _phase };
    }

    /// <summary>
    /// Stops reading (RFC 6455 sections 1.4 and 7.1.7): from here on <see cref="Read"/> drops all input, for a connection that is only read
    /// so that closing it does not reset it. A payload that <see cref="Read"/> has returned stays valid; rented buffers are returned by the
    /// next call, or by <see cref="Release"/>.
    /// </summary>
    public void Stop() => _phase = ReceivePhase.Stopped;

    private ReceiveStatus ReadAny(
        ref Span<byte> input, ReceiveLimits limits, ArrayPool<byte> pool, MessageInflater? inflater, out ReadOnlySpan<byte> payload)
    {
        if (_phase == ReceivePhase.Inflating)
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_length - _remaining, _remaining);
            return Inflate(rest, isKept: true, ref input, limits, pool, inflater!, out payload);
        }

        // The buffer of the last event is free now, unless it also holds a message in progress.
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

        // A header is always complete within MaxLength bytes, so if more is needed, all of the input has been kept.
        input = status == FrameReadStatus.Done ? input[(header.Length - kept)..] : default;
        return status;
    }

    // A frame out of order is invalid from its first byte on, whatever its other bytes are and whether they have arrived. Only an error in
    // that byte itself comes first. So the error does not depend on how the input was cut.
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
            // Section 5.5.1: a close payload starts with a code of two bytes, so a length of one is invalid before the payload arrives.
            if (header is { Opcode: Opcode.Close, PayloadLength: 1 }) return ProtocolError.ClosePayloadOfOneByte;
            _phase = ReceivePhase.Control;
            _controlOpcode = header.Opcode;
            _controlLength = 0;
            _remaining = (int)header.PayloadLength;
            return ProtocolError.None;
        }

        // Section 10.4: check the limits of the frame and the message before keeping a byte of it. The subtraction cannot overflow.
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
        // Section 7.1.7: later input is ignored, so the rest is dropped and the buffer is not needed.
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
