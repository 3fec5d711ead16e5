namespace WsAot.TestKit.Text;

/// <summary>
/// UTF-8 from its definition (RFC 3629 section 3): a sequence is a number, and the bytes so far begin a valid sequence if they can still
/// become a valid number. It has no table of bytes, unlike the validators that are compared with it. Keep it naive.
/// </summary>
public struct NaiveUtf8
{
    private int _length;    // of the open sequence; 0: there is none
    private int _present;   // its bytes so far
    private int _bits;      // of its number so far

    /// <summary>Whether the text does not end within a character.</summary>
    public readonly bool IsComplete => _length == 0;

    /// <summary>Judges all bytes as one text.</summary>
    public static Utf8Verdict Judge(ReadOnlySpan<byte> bytes)
    {
        var text = default(NaiveUtf8);
        foreach (byte value in bytes)
        {
            if (!text.Add(value)) return Utf8Verdict.Impossible;
        }

        return text.IsComplete ? Utf8Verdict.Complete : Utf8Verdict.Open;
    }

    /// <summary>Whether the bytes are a complete text.</summary>
    public static bool IsValid(ReadOnlySpan<byte> bytes) => Judge(bytes) == Utf8Verdict.Complete;

    /// <summary>The index of the first byte that is invalid at its place; -1 if there is none.</summary>
    public static int FindImpossible(ReadOnlySpan<byte> bytes)
    {
        var text = default(NaiveUtf8);
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!text.Add(bytes[i])) return i;
        }

        return -1;
    }

    /// <summary>Adds a byte to the text.</summary>
    /// <returns>False if the byte is invalid here. Results after that are undefined.</returns>
    public bool Add(byte value)
    {
        if (_length == 0)
        {
            (_length, _bits) = value switch
            {
                < 0x80 => (1, (int)value),
                >= 0xC0 and < 0xE0 => (2, value & 0x1F),
                >= 0xE0 and < 0xF0 => (3, value & 0x0F),
                >= 0xF0 and < 0xF8 => (4, value & 0x07),
                _ => (0, 0),
            };
            _present = 1;
            if (_length == 0) return false;
        }
        else
        {
            if ((value & 0xC0) != 0x80) return false;
            _bits = (_bits << 6) | (value & 0x3F);
            _present++;
        }

        // The least and the greatest number that the sequence can still become.
        int missingBits = 6 * (_length - _present);
        int least = _bits << missingBits;
        int greatest = least | ((1 << missingBits) - 1);
        int shortestFormFrom = _length switch { 1 => 0, 2 => 0x80, 3 => 0x800, _ => 0x10000 };
        bool areSurrogates = least >= 0xD800 && greatest <= 0xDFFF;
        if (_present == _length) _length = 0;
        return greatest >= shortestFormFrom && least <= 0x10FFFF && !areSurrogates;
    }
}
