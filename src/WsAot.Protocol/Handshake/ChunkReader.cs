namespace WsAot.Protocol.Handshake;

/// <summary>
/// Reads the lines around the data of a chunked body (RFC 9112 section 7.1), byte by byte. Lines end in CRLF and nothing else: requests are
/// smuggled where two parties disagree on where a line ends. Extensions and trailers are checked and ignored.
/// </summary>
internal struct ChunkReader
{
    /// <summary>The most digits of a length: more than any body limit has, and too few to overflow a 64-bit number.</summary>
    private const int MaxDigits = 15;

    /// <summary>
    /// The bytes that all extensions and trailers of a body may have together (sections 7.1.1 and 7.1.2 ask for such a limit).
    /// </summary>
    private const int MaxIgnoredBytes = 4096;

    private enum Stage : byte
    {
        Size,
        Extension,
        SizeLineFeed,
        Data,
        DataReturn,
        DataLineFeed,
        TrailerStart,
        TrailerName,
        TrailerValue,
        TrailerLineFeed,
        LastLineFeed,
    }

    private Stage _stage;
    private byte _digits;
    private short _ignored;

    /// <summary>The bytes of the current chunk that have not been read.</summary>
    public long Left { get; private set; }

    /// <summary>Whether the next bytes are data: <see cref="Left"/> of them.</summary>
    public readonly bool IsInData => _stage == Stage.Data;

    /// <summary>Counts data that was read.</summary>
    public void Take(int length)
    {
        Left -= length;
        if (Left == 0) _stage = Stage.DataReturn;
    }

    /// <summary>Reads one byte that is not data.</summary>
    /// <returns>Done at the last byte of the body; Data at the end of a line with a length; else Error or NeedMoreData.</returns>
    public BodyReadStatus Read(byte value)
    {
        switch (_stage)
        {
            case Stage.Size:
                return ReadSize(value);
            case Stage.Extension:
                if (value == '\r') return Enter(Stage.SizeLineFeed);
                return IsIgnorable(value) ? BodyReadStatus.NeedMoreData : BodyReadStatus.Error;
            case Stage.SizeLineFeed:
                if (value != '\n') return BodyReadStatus.Error;
                _stage = Left == 0 ? Stage.TrailerStart : Stage.Data;
                return BodyReadStatus.Data;
            case Stage.DataReturn:
                return value == '\r' ? Enter(Stage.DataLineFeed) : BodyReadStatus.Error;
            case Stage.DataLineFeed:
                _digits = 0;
                return value == '\n' ? Enter(Stage.Size) : BodyReadStatus.Error;
            case Stage.LastLineFeed:
                return value == '\n' ? BodyReadStatus.Done : BodyReadStatus.Error;
            default:
                return ReadTrailer(value);
        }
    }

    private BodyReadStatus ReadSize(byte value)
    {
        if (char.IsAsciiHexDigit((char)value))
        {
            Left = (Left << 4) | (uint)(value <= '9' ? value - '0' : (value | 0x20) - 'a' + 10);
            return ++_digits <= MaxDigits ? BodyReadStatus.NeedMoreData : BodyReadStatus.Error;
        }

        // The grammar requires at least one digit, and allows white space after it only before an extension.
        if (_digits == 0) return BodyReadStatus.Error;
        if (value == ';') return Enter(Stage.Extension);
        return value == '\r' ? Enter(Stage.SizeLineFeed) : BodyReadStatus.Error;
    }

    private BodyReadStatus ReadTrailer(byte value)
    {
        if (_stage == Stage.TrailerStart && value == '\r') return Enter(Stage.LastLineFeed);
        if (_stage == Stage.TrailerLineFeed) return value == '\n' ? Enter(Stage.TrailerStart) : BodyReadStatus.Error;
        if (_stage == Stage.TrailerValue)
        {
            if (value == '\r') return Enter(Stage.TrailerLineFeed);
            return IsIgnorable(value) ? BodyReadStatus.NeedMoreData : BodyReadStatus.Error;
        }

        // A name has at least one character, and the colon follows it at once.
        if (value == ':' && _stage == Stage.TrailerName) return Enter(Stage.TrailerValue);
        if (!HttpTokens.IsToken([value]) || !IsIgnorable(value)) return BodyReadStatus.Error;
        return Enter(Stage.TrailerName);
    }

    private BodyReadStatus Enter(Stage stage)
    {
        _stage = stage;
        return BodyReadStatus.NeedMoreData;
    }

    /// <summary>Whether a byte of an extension or trailer may be ignored: no control character but the tab, within the limit.</summary>
    private bool IsIgnorable(byte value) => (value is >= 32 or 9) && value != 127 && ++_ignored <= MaxIgnoredBytes;
}
