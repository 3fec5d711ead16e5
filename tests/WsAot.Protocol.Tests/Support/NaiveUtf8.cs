namespace WsAot.Protocol.Tests.Support;

/// <summary>UTF-8 by arithmetic on code points, without a table of bytes: slow, and unlike the code that it judges.</summary>
internal static class NaiveUtf8
{
    public enum Verdict
    {
        Complete,
        Open,
        Impossible,
    }

    public static Verdict Judge(ReadOnlySpan<byte> bytes)
    {
        int i = 0;
        while (i < bytes.Length)
        {
            int first = bytes[i];
            (int length, int bits) = first switch
            {
                < 0x80 => (1, first),
                >= 0xC0 and < 0xE0 => (2, first & 0x1F),
                >= 0xE0 and < 0xF0 => (3, first & 0x0F),
                >= 0xF0 and < 0xF8 => (4, first & 0x07),
                _ => (0, 0),
            };
            if (length == 0) return Verdict.Impossible;

            // The code points that the sequence can still become once its missing bytes come.
            int present = 1;
            while (present < length && i + present < bytes.Length)
            {
                int next = bytes[i + present++];
                if ((next & 0xC0) != 0x80) return Verdict.Impossible;
                bits = (bits << 6) | (next & 0x3F);
            }

            int missing = 6 * (length - present);
            int lowest = bits << missing;
            int highest = lowest | ((1 << missing) - 1);
            int shortestFormOf = length switch { 1 => 0, 2 => 0x80, 3 => 0x800, _ => 0x10000 };
            bool onlySurrogates = lowest >= 0xD800 && highest <= 0xDFFF;
            if (highest < shortestFormOf || lowest > 0x10FFFF || onlySurrogates) return Verdict.Impossible;
            if (present < length) return Verdict.Open;
            i += length;
        }

        return Verdict.Complete;
    }
}
