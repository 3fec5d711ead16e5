using WsAot.Conformance.Suite;
using WsAot.TestKit.Deflate;

namespace WsAot.Conformance.Deflate;

/// <summary>
/// Inflates a server's messages, and checks what zlib does not: that no match reaches further back than the negotiated window, or into an
/// earlier message if the server has agreed not to do that.
/// </summary>
/// <remarks>
/// The kit's NaiveInflater reads a stream from its beginning for each message, which takes too long for messages of 16 MiB. It also does
/// not say why a message is invalid, but a report of this suite must name the broken rule.
/// </remarks>
internal sealed class InflateDecoder(int windowBits, bool keepsContext)
{
    private static readonly HuffmanCode s_fixedLiterals = new(DeflateTables.FixedLiteralLengths());
    private static readonly HuffmanCode s_fixedDistances =
        new([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]);

    private readonly int _window = 1 << windowBits;
    private readonly List<byte> _output = [];

    /// <summary>The furthest match so far.</summary>
    public int MaxDistance { get; private set; }

    /// <summary>Inflates a message as it came, without the tail.</summary>
    public byte[] Decode(ReadOnlySpan<byte> message)
    {
        // RFC 7692 section 7.2.2.
        BitReader reader = new([.. message, .. PlatformDeflate.Tail]);
        int start = _output.Count;
        while (!reader.IsAtEnd) ReadBlock(reader);
        byte[] result = [.. _output[start..]];
        if (!keepsContext) _output.Clear();
        else if (_output.Count > _window) _output.RemoveRange(0, _output.Count - _window);
        return result;
    }

    private void ReadBlock(BitReader reader)
    {
        bool isFinal = reader.Bits(1) == 1;
        switch (reader.Bits(2))
        {
            case 0:
                ReadStored(reader);
                break;
            case 1:
                ReadCoded(reader, s_fixedLiterals, s_fixedDistances);
                break;
            case 2:
                ReadDynamic(reader);
                break;
            default:
                throw new CaseFailedException("The server's compressed data has a block of the reserved type 3 (RFC 1951 section 3.2.3).");
        }

        // RFC 7692 section 7.2.1: what follows a final block begins at a byte.
        if (isFinal) reader.Align();
    }

    private void ReadStored(BitReader reader)
    {
        reader.Align();
        int length = reader.Bits(16);
        if ((reader.Bits(16) ^ 0xffff) != length)
        {
            throw new CaseFailedException(
                "The server's compressed data has a stored block whose two lengths differ (RFC 1951 section 3.2.4).");
        }

        for (int i = 0; i < length; i++) _output.Add((byte)reader.Bits(8));
    }

    private void ReadDynamic(BitReader reader)
    {
        int literals = reader.Bits(5) + 257;
        int distances = reader.Bits(5) + 1;
        int codes = reader.Bits(4) + 4;
        int[] codeLengths = new int[19];
        for (int i = 0; i < codes; i++) codeLengths[DeflateTables.CodeLengthOrder[i]] = reader.Bits(3);
        HuffmanCode code = new(codeLengths);

        List<int> lengths = [];
        while (lengths.Count < literals + distances)
        {
            int symbol = code.Read(reader);
            (int length, int repeat) = symbol switch
            {
                16 when lengths.Count > 0 => (lengths[^1], 3 + reader.Bits(2)),
                17 => (0, 3 + reader.Bits(3)),
                18 => (0, 11 + reader.Bits(7)),
                _ => (symbol, 1),
            };
            lengths.AddRange(Enumerable.Repeat(length, repeat));
        }

        int[] all = [.. lengths];
        ReadCoded(reader, new HuffmanCode(all.AsSpan(0, literals)), new HuffmanCode(all.AsSpan(literals, distances)));
    }

    private void ReadCoded(BitReader reader, HuffmanCode literals, HuffmanCode distances)
    {
        while (true)
        {
            int symbol = literals.Read(reader);
            if (symbol == DeflateTables.EndOfBlock) return;
            if (symbol < DeflateTables.EndOfBlock)
            {
                _output.Add((byte)symbol);
                continue;
            }

            int index = symbol - DeflateTables.FirstLengthCode;
            int length = DeflateTables.LengthBase[index] + reader.Bits(DeflateTables.LengthExtraBits[index]);
            index = distances.Read(reader);
            Copy(length, DeflateTables.DistanceBase[index] + reader.Bits(DeflateTables.DistanceExtraBits[index]));
        }
    }

    private void Copy(int length, int distance)
    {
        MaxDistance = Math.Max(MaxDistance, distance);
        if (distance > _window)
        {
            throw new CaseFailedException(
                $"The server's compressed data reaches {distance} bytes back, beyond the agreed window of {_window} (RFC 7692 section "
                + "7.1.2.1).");
        }

        if (distance > _output.Count)
        {
            throw new CaseFailedException(
                $"The server's compressed data reaches {distance} bytes back, where there is "
                + $"nothing{(keepsContext ? "" : ": it agreed to server_no_context_takeover")} (RFC 7692 section 7.1.1.1).");
        }

        for (int i = 0; i < length; i++) _output.Add(_output[^distance]);
    }
}
