using WsAot.Fuzz.Support;
using WsAot.TestKit.Deflate;

namespace WsAot.Fuzz.Deflate;

/// <summary>
/// Compresses messages as a client may (RFC 7692 section 7.2.1): with stored and fixed blocks, and with random matches as far back as the
/// window reaches, with context takeover also in earlier messages.
/// </summary>
internal sealed class NaiveDeflater(int windowBits, bool noContextTakeover)
{
    private readonly List<byte> _history = [];

    /// <summary>Call this after other data was sent: later messages then do not refer to earlier ones.</summary>
    public void Forget() => _history.Clear();

    public byte[] Deflate(ReadOnlySpan<byte> message, FuzzRandom random)
    {
        if (noContextTakeover) Forget();
        var bits = new BitWriter();
        int start = _history.Count;
        _history.AddRange(message);
        for (int at = start; at < _history.Count;)
        {
            int length = random.OneIn(3) ? random.Next(1, _history.Count - at + 1) : _history.Count - at;
            if (random.OneIn(4)) WriteStored(bits, at, length);
            else WriteFixed(bits, at, length, random);
            at += length;
        }

        // The header of an empty stored block, whose length is left out.
        bits.Write(0, 3);
        bits.Align();
        return bits.ToArray();
    }

    private void WriteStored(BitWriter bits, int at, int length)
    {
        bits.Write(0, 3);
        bits.Align();
        bits.Write(length, 16);
        bits.Write(~length, 16);
        for (int i = 0; i < length; i++) bits.Write(_history[at + i], 8);
    }

    private void WriteFixed(BitWriter bits, int at, int length, FuzzRandom random)
    {
        bits.Write(2, 3);
        for (int end = at + length; at < end;)
        {
            (int matched, int distance) = FindMatch(at, Math.Min(DeflateTables.MaxMatch, end - at), random);
            if (matched >= DeflateTables.MinMatch) WriteMatch(bits, matched, distance);
            else bits.WriteWord(DeflateGenerator.FixedLiterals[_history[at]]);
            at += matched >= DeflateTables.MinMatch ? matched : 1;
        }

        bits.WriteWord(DeflateGenerator.FixedLiterals[256]);
    }

    // Does not look for the best match: tries the nearest distance, the farthest that the window allows, and a few in between.
    private (int Length, int Distance) FindMatch(int at, int most, FuzzRandom random)
    {
        int farthest = Math.Min(at, 1 << windowBits);
        (int Length, int Distance) best = default;
        for (int i = 0; i < 24 && farthest > 0; i++)
        {
            int distance = i < 8 ? i + 1 : i == 8 ? farthest : random.Next(1, farthest + 1);
            if (distance > farthest) continue;
            int length = 0;
            while (length < most && _history[at + length] == _history[at + length - distance]) length++;
            if (length > best.Length) best = (length, distance);
        }

        return best;
    }

    private static void WriteMatch(BitWriter bits, int length, int distance)
    {
        int symbol = DeflateTables.IndexOf(DeflateTables.LengthBase, length);
        bits.WriteWord(DeflateGenerator.FixedLiterals[DeflateTables.FirstLengthCode + symbol]);
        bits.Write(length - DeflateTables.LengthBase[symbol], DeflateTables.LengthExtraBits[symbol]);
        symbol = DeflateTables.IndexOf(DeflateTables.DistanceBase, distance);
        bits.WriteWord(DeflateGenerator.FixedDistances[symbol]);
        bits.Write(distance - DeflateTables.DistanceBase[symbol], DeflateTables.DistanceExtraBits[symbol]);
    }
}
