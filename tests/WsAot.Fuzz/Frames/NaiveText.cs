namespace WsAot.Fuzz.Frames;

/// <summary>
/// UTF-8 from its definition (RFC 3629 section 3): a sequence is a number, and what may begin a valid one is what leaves room for a
/// valid number.
/// </summary>
internal sealed class NaiveText
{
    private readonly List<byte> _open = [];

    /// <summary>Whether no sequence is open.</summary>
    public bool IsComplete => _open.Count == 0;

    public static bool IsValid(IEnumerable<byte> bytes)
    {
        var text = new NaiveText();
        return bytes.All(text.Add) && text.IsComplete;
    }

    /// <summary>Adds a byte.</summary>
    /// <returns>False when no valid text has it there.</returns>
    public bool Add(byte value)
    {
        _open.Add(value);
        int length = _open[0] switch { < 0x80 => 1, >= 0xC0 and <= 0xDF => 2, >= 0xE0 and <= 0xEF => 3, >= 0xF0 and <= 0xF7 => 4, _ => 0 };
        if (length == 0 || _open.Skip(1).Any(static next => next is < 0x80 or > 0xBF)) return false;

        // The lowest and the highest number that the sequence can still become.
        int lowest = length == 1 ? _open[0] : _open[0] & (0x7F >> length);
        int highest = lowest;
        for (int i = 1; i < length; i++)
        {
            lowest = (lowest << 6) | (i < _open.Count ? _open[i] & 0x3F : 0);
            highest = (highest << 6) | (i < _open.Count ? _open[i] & 0x3F : 0x3F);
        }

        int shortestFor = length switch { 1 => 0, 2 => 0x80, 3 => 0x800, _ => 0x10000 };
        lowest = Math.Max(lowest, shortestFor);
        highest = Math.Min(highest, 0x10FFFF);
        bool isSurrogate = lowest >= 0xD800 && highest <= 0xDFFF;
        if (_open.Count == length) _open.Clear();
        return lowest <= highest && !isSurrogate;
    }
}
