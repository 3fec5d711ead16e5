using System.Buffers.Binary;

namespace WsAot.Fuzz.Frames;

/// <summary>Writes frames as clients do: masked, the length in its shortest form unless it is told otherwise.</summary>
internal static class ClientFrame
{
    public static void Write(List<byte> destination, int firstByte, ReadOnlySpan<byte> payload, uint key, bool isMasked = true)
    {
        WriteHeader(destination, firstByte, (ulong)payload.Length, key, isMasked: isMasked);
        Span<byte> keyBytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(keyBytes, isMasked ? key : 0);
        for (int i = 0; i < payload.Length; i++) destination.Add((byte)(payload[i] ^ keyBytes[i % 4]));
    }

    /// <param name="destination">Where to.</param>
    /// <param name="firstByte">FIN, RSV and opcode.</param>
    /// <param name="length">The length that it says.</param>
    /// <param name="key">The masking key.</param>
    /// <param name="form">Bytes of the extended length: 0, 2 or 8; -1: as few as there must be.</param>
    /// <param name="isMasked">Whether the key is there.</param>
    public static void WriteHeader(List<byte> destination, int firstByte, ulong length, uint key, int form = -1, bool isMasked = true)
    {
        if (form < 0) form = length switch { <= 125 => 0, <= 65535 => 2, _ => 8 };
        int mask = isMasked ? 0x80 : 0;
        destination.Add((byte)firstByte);
        destination.Add((byte)(mask | form switch { 2 => 126, 8 => 127, _ => (int)length & 0x7F }));
        for (int i = form - 1; i >= 0; i--) destination.Add((byte)(length >> (8 * i)));
        for (int shift = 24; shift >= 0 && isMasked; shift -= 8) destination.Add((byte)(key >> shift));
    }
}
