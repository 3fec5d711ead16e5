using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Client;

/// <summary>Reads the server's frames, and fails on everything that RFC 6455 section 5 forbids.</summary>
/// <param name="mayUseRsv1">Whether permessage-deflate was negotiated.</param>
internal sealed class ServerFrameReader(CaseConnection connection, bool mayUseRsv1)
{
    private const ulong MaxPayloadBytes = 256 * 1024 * 1024;

    private bool _isInMessage;

    /// <summary>The next frame, or null when the connection has ended between frames.</summary>
    public async Task<ServerFrame?> ReadAsync()
    {
        int first = await connection.ReadByteAsync();
        if (first < 0) return null;
        int second = (await ReadAsync(1))[0];
        CheckFirst(new ServerFrameHeader(first, 0, null));
        byte[] extended = await ReadAsync(ServerFrameHeader.LengthOf(second) - 2);
        ServerFrameHeader header = ServerFrameHeader.Read([(byte)first, (byte)second, .. extended]);
        Check(header.Fault is null, header.Fault ?? "");

        ulong length = header.PayloadLength;
        Check(header.Opcode < Opcode.Close || length <= 125, $"The server sent a control frame of {length} bytes (section 5.5).");
        Check(length <= MaxPayloadBytes, $"The server sent a frame of {length} bytes.");
        return new ServerFrame(header.Fin, (header.Rsv & 4) != 0, header.Opcode, await ReadAsync((int)length));
    }

    private void CheckFirst(ServerFrameHeader header)
    {
        (bool fin, bool rsv1, Opcode opcode) = (header.Fin, (header.Rsv & 4) != 0, header.Opcode);
        Check((header.Rsv & 3) == 0, "The server set RSV2 or RSV3 (section 5.2).");
        Check(Enum.IsDefined(opcode), $"The server used the reserved opcode {(int)opcode} (section 5.2).");
        Check(!rsv1 || mayUseRsv1, "The server set RSV1, which no negotiated extension defines (section 5.2).");
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
