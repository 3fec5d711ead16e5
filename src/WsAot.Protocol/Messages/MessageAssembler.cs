using System.Buffers;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Frames;

namespace WsAot.Protocol.Messages;

/// <summary>
/// Reads everything except a whole message in the input: fragments, control frames, incomplete frames, compressed messages, and invalid
/// input. A <see cref="MessageReceiver"/> has one only while it needs it. Not thread-safe.
/// </summary>
/// <remarks>
/// One rented buffer holds what is incomplete: the bytes of the message so far and, behind them, those of a control frame between its
/// fragments (section 5.4). The two never grow at the same time.
/// </remarks>
internal sealed partial class MessageAssembler(ArrayPool<byte> pool)
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

    /// <summary>Shared by all receivers that were stopped with nothing kept. It never changes.</summary>
    public static MessageAssembler Stopped { get; } = new(ArrayPool<byte>.Shared) { _phase = ReceivePhase.Stopped };

    public ProtocolError Error { get; private set; }

    public bool IsIdle => _phase == ReceivePhase.Idle;

    /// <summary>Whether nothing more is read, after an <see cref="Error"/> or <see cref="Stop"/>.</summary>
    public bool HasEnded => _phase >= ReceivePhase.Failed;

    public bool IsStopped => _phase == ReceivePhase.Stopped;

    public bool IsInMessage => _fragments > 0;

    public bool IsInflating => _phase == ReceivePhase.Inflating;

    public int Capacity => _buffer?.Length ?? 0;

    /// <summary>The next free assembler in the <see cref="ReceiverPool"/>.</summary>
    public MessageAssembler? NextFree { get; set; }

    /// <inheritdoc cref="MessageReceiver.Read"/>
    public ReceiveStatus Read(ref Span<byte> input, ReceiveLimits limits, MessageInflater? inflater, out ReadOnlySpan<byte> payload)
    {
        if (_phase == ReceivePhase.Inflating)
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_length - _remaining, _remaining);
            return Inflate(rest, isKept: true, ref input, limits, inflater!, out payload);
        }

        // The buffer of the last event is free now, unless it also holds a message in progress.
        if (_phase == ReceivePhase.Header && _length == 0) ReturnBuffer();
        inflater?.Trim();

        while (_phase < ReceivePhase.Failed)
        {
            if (_phase <= ReceivePhase.Header)
            {
                FrameReadStatus status = ReadHeader(ref input, inflater is not null, out FrameHeader header, out ProtocolError error);
                if (status == FrameReadStatus.Done) error = BeginFrame(header, limits);
                if (error != ProtocolError.None) return Fail(error, ref input, out payload);
                if (status == FrameReadStatus.NeedMoreData) return AwaitMore(out payload);
            }

            ReceiveStatus result = _phase == ReceivePhase.Control
                ? ReadControl(ref input, out payload)
                : ReadData(ref input, limits, inflater, out payload);
            if (result != ReceiveStatus.NeedMoreData || _phase != ReceivePhase.Header) return result;
        }

        if (_phase == ReceivePhase.Failed) return Fail(Error, ref input, out payload);
        ReturnBuffer();
        input = default;
        payload = default;
        return ReceiveStatus.NeedMoreData;
    }

    /// <summary>Drops all input from here on.</summary>
    public void Stop() => _phase = ReceivePhase.Stopped;

    public ReceiveStatus Fail(ProtocolError error, ref Span<byte> input, out ReadOnlySpan<byte> payload)
    {
        // Section 7.1.7: later input is ignored, so the rest is dropped and the buffer is not needed.
        ReturnBuffer();
        input = default;
        payload = default;
        Error = error;
        _phase = ReceivePhase.Failed;
        return ReceiveStatus.Error;
    }

    public void ReturnBuffer()
    {
        if (_buffer is null) return;
        byte[] buffer = _buffer;
        _buffer = null;
        pool.Return(buffer);
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

    // A frame out of order is invalid from its first byte on, so do not wait for the others: the error must not depend on how the input was
    // split. Only an error in that byte itself comes first.
    private ProtocolError CheckFirstByte(byte first, ProtocolError error)
    {
        if (error is ProtocolError.ReservedBitSet or ProtocolError.ReservedOpcode) return error;
        ProtocolError order = CheckOrder((Opcode)(first & 0x0F));
        return order == ProtocolError.None ? error : order;
    }

    // Section 5.4: fragments of one message are not interleaved with those of another; control frames may come between.
    private ProtocolError CheckOrder(Opcode opcode)
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

    private ReceivePhase PhaseBetweenFrames() =>
        _buffer is null && _headerLength == 0 && _fragments == 0 ? ReceivePhase.Idle : ReceivePhase.Header;
}
