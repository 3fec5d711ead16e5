using System.Buffers.Binary;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Client;

/// <summary>Reads the server's frames and lets nothing pass that RFC 6455 section 5 forbids.</summary>
/// <param name="mayUseRsv1">Whether permessage-deflate was agreed.</param>
internal sealed class ServerFrameReader(RawConnection connection, bool mayUseRsv1)
{
    private const ulong MaxPayloadBytes = 256 * 1024 * 1024;

    private bool _isInMessage;

    /// <summary>The next frame, or null when the connection has ended between frames.</summary>
    public async Task<ServerFrame?> ReadAsync()
    {
        int first = await connection.ReadByteAsync();
        if (first < 0) return null;
        int second = (await ReadAsync(1))[0];
        bool fin = (first & 0x80) != 0;
        bool rsv1 = (first & 0x40) != 0;
        Opcode opcode = (Opcode)(first & 0x0f);
        CheckFirst(first, fin, rsv1, opcode);
        // Section 5.1: a server does not mask.
        Check((second & 0x80) == 0, "The server sent a masked frame (section 5.1).");

        ulong length = await ReadLengthAsync(second & 0x7f);
        Check(opcode < Opcode.Close || length <= 125, $"The server sent a control frame of {length} bytes (section 5.5).");
        Check(length <= MaxPayloadBytes, $"The server sent a frame of {length} bytes.");
        return new ServerFrame(fin, rsv1, opcode, await ReadAsync((int)length));
    }

    private void CheckFirst(int first, bool fin, bool rsv1, Opcode opcode)
    {
        Check((first & 0x30) == 0, "The server set RSV2 or RSV3 (section 5.2).");
        Check(Enum.IsDefined(opcode), $"The server used the reserved opcode {(int)opcode} (section 5.2).");
        Check(!rsv1 || mayUseRsv1, "The server set RSV1, which nothing that was agreed defines (section 5.2).");
        if (opcode >= Opcode.Close)
        {
            Check(fin, "The server fragmented a control frame (section 5.5).");
            Check(!rsv1, "The server set RSV1 on a control frame (RFC 7692 section 6.1).");
            return;
        }

        Check(_isInMessage == (opcode == Opcode.Continuation), "The server's fragments are out of order (section 5.4).");
        Check(!rsv1 || opcode != Opcode.Continuation, "The server set RSV1 on a continuation frame (RFC 7692 section 6.1).");
        _isInMessage = !fin;
    }

    // Section 5.2: the shortest form is the only legal one.
    private async Task<ulong> ReadLengthAsync(int length7)
    {
        if (length7 <= 125) return (ulong)length7;
        ulong length = length7 == 126
            ? BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2))
            : BinaryPrimitives.ReadUInt64BigEndian(await ReadAsync(8));
        Check(length > (length7 == 126 ? 125u : ushort.MaxValue), "The server's payload length is not in its shortest form (section 5.2).");
        return length;
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        Check(await connection.TryReadExactlyAsync(bytes), "The connection ended within a frame.");
        return bytes;
    }

    private static void Check(bool isRight, string otherwise)
    {
        if (!isRight) throw new CaseFailedException(otherwise);
    }
}
