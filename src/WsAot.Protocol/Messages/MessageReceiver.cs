using System.Buffers.Binary;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Frames;

namespace WsAot.Protocol.Messages;

/// <summary>
/// Turns the bytes that a client sends after the opening handshake into messages and control frames (RFC 6455 sections 5 and 6.2). It lives
/// as a field of its connection, can resume at every byte, and holds nothing while idle. Not thread-safe; do not copy.
/// </summary>
public struct MessageReceiver
{
    // Null between messages, so that an idle connection pays only one reference for the state of incomplete messages.
    private MessageAssembler? _assembler;

    /// <summary>What is wrong, after <see cref="ReceiveStatus.Error"/>. An error is permanent.</summary>
    public readonly ProtocolError Error => _assembler?.Error ?? ProtocolError.None;

    /// <summary>Whether the receiver is between messages, keeps nothing and holds no buffer.</summary>
    public readonly bool IsIdle => _assembler is null;

    /// <summary>Whether all input is dropped; see <see cref="Stop"/>.</summary>
    public readonly bool IsStopped => _assembler is { IsStopped: true };

    /// <summary>Whether a part of a message has arrived.</summary>
    public readonly bool IsInMessage => _assembler is { IsInMessage: true };

    /// <summary>Whether a message is being inflated; see <see cref="ReceiveStatus.Inflating"/>.</summary>
    public readonly bool IsInflating => _assembler is { IsInflating: true };

    /// <summary>The bytes of the buffer that it holds; 0: none.</summary>
    public readonly int Capacity => _assembler?.Capacity ?? 0;

    /// <summary>Reads from the start of <paramref name="input"/> and returns the next event.</summary>
    /// <param name="input">
    /// The bytes received. They are unmasked in place. The bytes that this call used are cut off: all of them if the result is <see
    /// cref="ReceiveStatus.NeedMoreData"/> or <see cref="ReceiveStatus.Error"/>.
    /// </param>
    /// <param name="limits">What the connection accepts.</param>
    /// <param name="pool">The pool of the objects and buffers that the receiver needs within a message; the same one in every call.</param>
    /// <param name="payload">
    /// The payload of the event: a slice of the input if the frame is whole inside it, else of a rented buffer. Valid until the next call
    /// of this method or of <see cref="Release"/>, and only as long as the input is.
    /// </param>
    /// <param name="inflater">
    /// The inflater for compressed messages (RFC 7692), the same one in every call; null if the extension was not negotiated.
    /// </param>
    public ReceiveStatus Read(
        ref Span<byte> input, ReceiveLimits limits, ReceiverPool pool, out ReadOnlySpan<byte> payload, MessageInflater? inflater = null)
    {
        // The fast path: one whole, unfragmented message of up to 65,535 bytes, and nothing pending. Anything else, invalid frames
        // included, takes the long path, so the only error here is text that is not UTF-8.
        if (_assembler is null && input.Length >= 6)
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
                    _assembler = pool.Rent();
                    return _assembler.Fail(ProtocolError.InvalidUtf8, ref input, out payload);
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
    public void Release()
    {
        if (_assembler is not { } assembler) return;
        assembler.ReturnBuffer();
        if (!assembler.HasEnded) _assembler = null;
    }

    /// <summary>
    /// Stops reading (RFC 6455 sections 1.4 and 7.1.7): from here on <see cref="Read"/> drops all input. This is for a connection that you
    /// read only because closing it with unread input would reset it. A payload that <see cref="Read"/> has returned stays valid; rented
    /// buffers are returned by the next call, or by <see cref="Release"/>.
    /// </summary>
    public void Stop()
    {
        if (_assembler is null) _assembler = MessageAssembler.Stopped;
        else _assembler.Stop();
    }

    private ReceiveStatus ReadAny(
        ref Span<byte> input, ReceiveLimits limits, ReceiverPool pool, MessageInflater? inflater, out ReadOnlySpan<byte> payload)
    {
        MessageAssembler assembler = _assembler ??= pool.Rent();
        ReceiveStatus status = assembler.Read(ref input, limits, inflater, out payload);
        if (!assembler.IsIdle) return status;
        _assembler = null;
        pool.Return(assembler);
        return status;
    }
}
