using System.Buffers.Binary;
using WsAot.TestKit.Deflate;

namespace WsAot.Conformance.Deflate;

/// <summary>Blocks of RFC 1951, each kind by itself. Unless noted, they do not have the tail that RFC 7692 section 7.2.1 removes.</summary>
internal static class DeflateBlocks
{
    /// <summary>A stored block, which begins and ends at a byte.</summary>
    public static byte[] Stored(ReadOnlySpan<byte> data, bool isFinal = false)
    {
        byte[] block = new byte[5 + data.Length];
        block[0] = isFinal ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(1), (ushort)data.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(3), (ushort)~data.Length);
        data.CopyTo(block.AsSpan(5));
        return block;
    }

    /// <summary>Literals in one block of fixed codes, padded to a byte.</summary>
    public static byte[] Fixed(ReadOnlySpan<byte> data, bool isFinal = false)
    {
        BitWriter writer = new();
        BeginFixed(writer, isFinal);
        foreach (byte value in data) WriteFixedSymbol(writer, value);
        WriteFixedSymbol(writer, DeflateTables.EndOfBlock);
        return writer.ToArray();
    }

    /// <summary>
    /// A fixed block that copies <see cref="DeflateTables.MinMatch"/> bytes from this far back after the literals, then ends as a message
    /// does.
    /// </summary>
    public static byte[] FixedMatch(ReadOnlySpan<byte> literals, int distance)
    {
        BitWriter writer = new();
        BeginFixed(writer, isFinal: false);
        foreach (byte value in literals) WriteFixedSymbol(writer, value);
        WriteMatch(writer, DeflateTables.MinMatch, distance);
        WriteFixedSymbol(writer, DeflateTables.EndOfBlock);
        return EndMessage(writer);
    }

    /// <summary>An empty stored block without its last four bytes: the end of a message (RFC 7692 section 7.2.1).</summary>
    public static byte[] EndMessage(BitWriter writer)
    {
        writer.Write(0, 3);
        return writer.ToArray();
    }

    public static void BeginFixed(BitWriter writer, bool isFinal)
    {
        writer.Write(isFinal ? 1 : 0, 1);
        writer.Write(1, 2);
    }

    // Section 3.2.6.
    public static void WriteFixedSymbol(BitWriter writer, int symbol)
    {
        switch (symbol)
        {
            case < 144:
                writer.WriteWord((0x30 + symbol, 8));
                break;
            case < 256:
                writer.WriteWord((0x190 + symbol - 144, 9));
                break;
            case < 280:
                writer.WriteWord((symbol - 256, 7));
                break;
            default:
                writer.WriteWord((0xc0 + symbol - 280, 8));
                break;
        }
    }

    public static void WriteMatch(BitWriter writer, int length, int distance)
    {
        int code = DeflateTables.IndexOf(DeflateTables.LengthBase, length);
        WriteFixedSymbol(writer, DeflateTables.FirstLengthCode + code);
        writer.Write(length - DeflateTables.LengthBase[code], DeflateTables.LengthExtraBits[code]);
        code = DeflateTables.IndexOf(DeflateTables.DistanceBase, distance);
        writer.WriteWord((code, 5));
        writer.Write(distance - DeflateTables.DistanceBase[code], DeflateTables.DistanceExtraBits[code]);
    }
}
