using System.Buffers.Binary;
using System.Text.Unicode;
using WsAot.Protocol.Frames;

namespace WsAot.Protocol.Closing;

/// <summary>The payload of a close frame: nothing, or a code and a reason (RFC 6455 section 5.5.1).</summary>
public static class ClosePayload
{
    /// <summary>The bytes left for the reason in a control frame's 125 bytes (section 5.5).</summary>
    public const int MaxReasonBytes = 123;

    private const int CodeLength = 2;

    /// <summary>Reads and validates the payload of a close frame.</summary>
    /// <param name="payload">The unmasked payload.</param>
    /// <param name="code">The code; 1005 if the payload is empty (section 7.1.5) or invalid.</param>
    /// <param name="reasonUtf8">The reason, a slice of the payload.</param>
    /// <returns><see cref="ProtocolError.None"/>, or what is wrong.</returns>
    public static ProtocolError Read(ReadOnlySpan<byte> payload, out ushort code, out ReadOnlySpan<byte> reasonUtf8)
    {
        code = CloseCode.NoStatusReceived;
        reasonUtf8 = default;
        if (payload.IsEmpty) return ProtocolError.None;
        if (payload.Length < CodeLength) return ProtocolError.ClosePayloadOfOneByte;

        ushort received = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (!CloseCode.MayBeSent(received)) return ProtocolError.InvalidCloseCode;
        if (!VectorUtf8.IsValid(payload[CodeLength..])) return ProtocolError.InvalidCloseReason;

        code = received;
        reasonUtf8 = payload[CodeLength..];
        return ProtocolError.None;
    }

    /// <summary>
    /// Writes a payload and returns its length in bytes: 0 for code 1005, which stands for "no code". The reason is cut at a
    /// character to fit <see cref="MaxReasonBytes"/> and the destination; a lone surrogate becomes U+FFFD.
    /// </summary>
    /// <param name="destination">125 bytes hold every payload.</param>
    /// <param name="code">1005, or a code that <see cref="CloseCode.MayBeSent"/> allows.</param>
    /// <param name="reason">The reason; ignored when the code is 1005.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent.</exception>
    public static int Write(Span<byte> destination, ushort code, ReadOnlySpan<char> reason)
    {
        if (code == CloseCode.NoStatusReceived) return 0;
        if (!CloseCode.MayBeSent(code))
        {
            throw new ArgumentOutOfRangeException(nameof(code), code, "A close frame must not have this code (RFC 6455 section 7.4).");
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination, code);
        Span<byte> room = destination[CodeLength..];
        if (room.Length > MaxReasonBytes) room = room[..MaxReasonBytes];
        Utf8.FromUtf16(reason, room, out _, out int written);
        return CodeLength + written;
    }
}
