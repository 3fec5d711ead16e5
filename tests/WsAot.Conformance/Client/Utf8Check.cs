namespace WsAot.Conformance.Client;

/// <summary>UTF-8 as RFC 3629 section 4 has it, byte by byte and without cleverness.</summary>
internal static class Utf8Check
{
    /// <summary>Where the first byte stands that no valid text could have there, or -1.</summary>
    public static int FindImpossible(ReadOnlySpan<byte> bytes) => Scan(bytes, out _);

    public static bool IsValid(ReadOnlySpan<byte> bytes) => Scan(bytes, out bool isComplete) < 0 && isComplete;

    private static int Scan(ReadOnlySpan<byte> bytes, out bool isComplete)
    {
        int pending = 0;
        byte low = 0x80;
        byte high = 0xbf;
        isComplete = false;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte value = bytes[i];
            if (pending > 0)
            {
                if (value < low || value > high) return i;
                pending--;
                (low, high) = (0x80, 0xbf);
                continue;
            }

            switch (value)
            {
                case <= 0x7f:
                    break;
                case >= 0xc2 and <= 0xdf:
                    pending = 1;
                    break;
                case >= 0xe0 and <= 0xef:
                    // E0 80..9F would be overlong, ED A0..BF a surrogate.
                    pending = 2;
                    low = value == 0xe0 ? (byte)0xa0 : (byte)0x80;
                    high = value == 0xed ? (byte)0x9f : (byte)0xbf;
                    break;
                case >= 0xf0 and <= 0xf4:
                    // F0 80..8F would be overlong, F4 90..BF beyond U+10FFFF.
                    pending = 3;
                    low = value == 0xf0 ? (byte)0x90 : (byte)0x80;
                    high = value == 0xf4 ? (byte)0x8f : (byte)0xbf;
                    break;
                default:
                    return i;
            }
        }

        isComplete = pending == 0;
        return -1;
    }
}
