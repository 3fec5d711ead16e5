using WsAot.Protocol.Closing;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Frames;

namespace WsAot.Protocol.Messages;

/// <summary>Payloads: where they are stored, and how they are unmasked, validated and inflated.</summary>
internal sealed partial class MessageAssembler
{
    private ReceiveStatus ReadData(
        ref Span<byte> input, ReceiveLimits limits, MessageInflater? inflater, out ReadOnlySpan<byte> payload)
    {
        // No copy if the payload is whole inside the input and is all of its message.
        bool isWhole = _length == 0 && _fin && _remaining <= input.Length;
        bool isText = _messageOpcode == Opcode.Text;
        ReadOnlySpan<byte> part = isWhole
            ? TakeInPlace(ref input, isText && !_isCompressed, out bool isValid)
            : TakeIntoBuffer(ref input, ref _length, isText && !_isCompressed, out isValid);

        // Section 8.1: fail at the first invalid byte, even before the frame is complete, and across fragments.
        if (!isValid) return Fail(ProtocolError.InvalidUtf8, ref input, out payload);

        payload = default;
        if (_remaining != 0) return ReceiveStatus.NeedMoreData;
        if (!_fin)
        {
            _phase = ReceivePhase.Header;
            return ReceiveStatus.NeedMoreData;
        }

        if (isText && !_utf8.IsComplete) return Fail(ProtocolError.InvalidUtf8, ref input, out payload);

        payload = isWhole ? part : _buffer.AsSpan(0, _length);
        if (_isCompressed) return Inflate(payload, !isWhole, ref input, limits, inflater!, out payload);
        _length = 0;
        _fragments = 0;
        _phase = PhaseBetweenFrames();
        return isText ? ReceiveStatus.Text : ReceiveStatus.Binary;
    }

    /// <summary>
    /// RFC 7692 section 7.2.2: all fragments together are one run of deflate data. It is inflated after the last fragment, so that
    /// connections can share an inflater, and part by part, so that other connections get their turns. The bytes still to inflate stay in
    /// the buffer; if the frame was whole in the input, they are first copied there.
    /// </summary>
    private ReceiveStatus Inflate(
        scoped ReadOnlySpan<byte> compressed, bool isKept, ref Span<byte> input, ReceiveLimits limits, MessageInflater inflater,
        out ReadOnlySpan<byte> payload)
    {
        ProtocolError error = inflater.Inflate(compressed, limits.Inflate, out int used, out payload);
        if (inflater.IsInProgress)
        {
            ReadOnlySpan<byte> rest = compressed[used..];
            if (!isKept)
            {
                EnsureCapacity(0, rest.Length);
                rest.CopyTo(_buffer);
                _length = rest.Length;
            }

            _remaining = rest.Length;
            _phase = ReceivePhase.Inflating;
            return ReceiveStatus.Inflating;
        }

        // Section 6.2: RFC 6455's rules for a message's content apply to the inflated message.
        bool isText = _messageOpcode == Opcode.Text;
        if (error == ProtocolError.None && isText && !VectorUtf8.IsValid(payload)) error = ProtocolError.InvalidUtf8;
        if (error != ProtocolError.None)
        {
            inflater.Trim();
            return Fail(error, ref input, out payload);
        }

        ReturnBuffer();
        _length = 0;
        _remaining = 0;
        _fragments = 0;

        // The message is in the inflater's buffer. The next call returns the buffer, so the receiver is not idle until then.
        _phase = ReceivePhase.Header;
        return isText ? ReceiveStatus.Text : ReceiveStatus.Binary;
    }

    private ReceiveStatus ReadControl(ref Span<byte> input, out ReadOnlySpan<byte> payload)
    {
        bool isWhole = _controlLength == 0 && _remaining <= input.Length;
        ReadOnlySpan<byte> part = isWhole
            ? TakeInPlace(ref input, isText: false, out _)
            : TakeIntoBuffer(ref input, ref _controlLength, isText: false, out _);
        payload = default;
        if (_remaining != 0) return ReceiveStatus.NeedMoreData;

        payload = isWhole ? part : _buffer.AsSpan(_length, _controlLength);
        _controlLength = 0;
        _phase = PhaseBetweenFrames();
        if (_controlOpcode != Opcode.Close) return _controlOpcode == Opcode.Ping ? ReceiveStatus.Ping : ReceiveStatus.Pong;

        ProtocolError error = ClosePayload.Read(payload, out _, out _);
        return error == ProtocolError.None ? ReceiveStatus.Close : Fail(error, ref input, out payload);
    }

    private Span<byte> TakeInPlace(scoped ref Span<byte> input, bool isText, out bool isValid)
    {
        Span<byte> part = input[.._remaining];
        isValid = Unmask(part, part, isText);
        input = input[_remaining..];
        _remaining = 0;
        return part;
    }

    // Appends the available part of the frame to the buffer, and adds it to `length`, which is a field of this object.
    private Span<byte> TakeIntoBuffer(scoped ref Span<byte> input, scoped ref int length, bool isText, out bool isValid)
    {
        isValid = true;
        int count = Math.Min(_remaining, input.Length);
        if (count == 0) return default;

        int kept = _length + _controlLength;
        EnsureCapacity(kept, kept + count);
        Span<byte> part = _buffer.AsSpan(kept, count);
        isValid = Unmask(input[..count], part, isText);
        input = input[count..];
        _remaining -= count;
        length += count;
        return part;
    }

    private bool Unmask(ReadOnlySpan<byte> from, Span<byte> to, bool isText)
    {
        if (!isText)
        {
            _maskingOffset = (byte)Masking.Apply(from, to, _maskingKey, _maskingOffset);
            return true;
        }

        // Piece by piece, so that the bytes to validate are still in the processor's nearest cache.
        while (from.Length > TextPieceBytes)
        {
            if (!UnmaskText(from[..TextPieceBytes], to[..TextPieceBytes])) return false;
            from = from[TextPieceBytes..];
            to = to[TextPieceBytes..];
        }

        return UnmaskText(from, to);
    }

    private bool UnmaskText(ReadOnlySpan<byte> from, Span<byte> to)
    {
        bool isAscii = Masking.ApplyAndTestAscii(from, to, _maskingKey, _maskingOffset);
        _maskingOffset = (byte)((_maskingOffset + from.Length) & 3);
        return (isAscii && _utf8.IsComplete) || _utf8.Append(to);
    }

    // Memory grows with the bytes received: a declared length allocates nothing. Doubling keeps the copying linear.
    private void EnsureCapacity(int kept, int needed)
    {
        int capacity = Capacity;
        if (needed <= capacity) return;

        int doubled = (int)Math.Min(2L * capacity, Array.MaxLength);
        byte[] larger = pool.Rent(Math.Max(needed, Math.Max(doubled, InitialCapacity)));
        _buffer.AsSpan(0, kept).CopyTo(larger);
        ReturnBuffer();
        _buffer = larger;
    }
}
