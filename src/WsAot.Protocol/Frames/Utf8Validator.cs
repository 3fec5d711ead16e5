namespace WsAot.Protocol.Frames;

/// <summary>
/// Validates UTF-8 (RFC 3629) that arrives in parts, and fails at the first invalid byte (RFC 6455 section 8.1). The default value is ready
/// for use; it takes four bytes or less.
/// </summary>
public struct Utf8Validator
{
    private const byte Failed = byte.MaxValue;

    // How many bytes the open sequence lacks, or Failed; and the range of the next byte.
    private byte _missing;
    private byte _low;
    private byte _high;

    /// <summary>Whether all bytes so far are valid and no sequence is open.</summary>
    public readonly bool IsComplete => _missing == 0;

    /// <summary>Appends the next part. Returns false if a byte is invalid, and on every call after that.</summary>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        if (_missing == Failed) return false;
        if (_missing != 0)
        {
            int used = 0;
            while (_missing != 0 && used < bytes.Length)
            {
                if (!AppendOne(bytes[used++])) return false;
            }

            bytes = bytes[used..];
        }

        // The vectorised check takes only whole sequences, so the bytes of a sequence that is cut off at the end are checked one by one.
        int whole = bytes.Length - GetOpenLength(bytes);
        if (!VectorUtf8.IsValid(bytes[..whole]))
        {
            _missing = Failed;
            return false;
        }

        foreach (byte value in bytes[whole..])
        {
            if (!AppendOne(value)) return false;
        }

        return true;
    }

    /// <summary>Starts a new text.</summary>
    public void Reset() => this = default;

    // How many bytes at the end belong to an incomplete sequence: 0 to 3.
    private static int GetOpenLength(ReadOnlySpan<byte> bytes)
    {
        for (int length = 1; length <= 3 && length <= bytes.Length; length++)
        {
            byte value = bytes[^length];
            if (value < 0x80) return 0;
            if (value < 0xC0) continue;
            int declared = value switch { >= 0xF0 => 4, >= 0xE0 => 3, _ => 2 };
            return declared > length ? length : 0;
        }

        return 0;
    }

    private bool AppendOne(byte value)
    {
        if (_missing == 0) return Begin(value);

        if (value < _low || value > _high)
        {
            _missing = Failed;
            return false;
        }

        Open((byte)(_missing - 1), 0x80, 0xBF);
        return true;
    }

    // RFC 3629 section 4: the first byte limits the second, which excludes overlong forms, surrogates and values above U+10FFFF.
    private bool Begin(byte value)
    {
        switch (value)
        {
            case < 0x80: return true;
            case >= 0xC2 and <= 0xDF: Open(1, 0x80, 0xBF); return true;
            case 0xE0: Open(2, 0xA0, 0xBF); return true;
            case 0xED: Open(2, 0x80, 0x9F); return true;
            case >= 0xE1 and <= 0xEF: Open(2, 0x80, 0xBF); return true;
            case 0xF0: Open(3, 0x90, 0xBF); return true;
            case >= 0xF1 and <= 0xF3: Open(3, 0x80, 0xBF); return true;
            case 0xF4: Open(3, 0x80, 0x8F); return true;
            default: _missing = Failed; return false;
        }
    }

    private void Open(byte missing, byte low, byte high)
    {
        _missing = missing;
        _low = low;
        _high = high;
    }
}
