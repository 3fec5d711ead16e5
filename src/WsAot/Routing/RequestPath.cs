using System.Text.Unicode;

namespace WsAot.Routing;

/// <summary>A path as decoded segments; see <see cref="WsPath"/>. Each loop has one object and reuses it for every path.</summary>
internal sealed class RequestPath
{
    private byte[] _bytes = [];
    private int[] _ends = [];
    private int _count;

    public WsPath AsWsPath() => new(_bytes, _ends.AsSpan(0, _count));

    /// <summary>Splits a path at its slashes and decodes the segments (RFC 3986 section 2.1).</summary>
    /// <returns>
    /// False for a path that no honest client sends: it does not start with a slash, or it has a broken escape, bytes that are not UTF-8,
    /// NUL, or a segment <c>.</c> or <c>..</c>, which clients must remove (section 6.2.2.3).
    /// </returns>
    public bool TryParse(ReadOnlySpan<byte> path)
    {
        _count = 0;
        if (path.IsEmpty || path[0] != '/') return false;
        path = path[1..];
        if (_bytes.Length < path.Length) _bytes = new byte[path.Length];
        int count = path.Count((byte)'/') + 1;
        if (_ends.Length < count) _ends = new int[count];
        int length = 0;
        for (int i = 0; i < count; i++)
        {
            int slash = path.IndexOf((byte)'/');
            ReadOnlySpan<byte> segment = slash < 0 ? path : path[..slash];
            path = path[(slash + 1)..];
            int start = length;
            if (!TryDecode(segment, _bytes, ref length)) return false;
            if (!IsAcceptable(_bytes.AsSpan(start..length))) return false;
            _ends[i] = length;
        }

        _count = count;
        return true;
    }

    /// <summary>Whether both have the same segments.</summary>
    public bool Equals(RequestPath other) =>
        _ends.AsSpan(0, _count).SequenceEqual(other._ends.AsSpan(0, other._count))
        && _bytes.AsSpan(0, Length).SequenceEqual(other._bytes.AsSpan(0, other.Length));

    /// <summary>Copies the path, for a request that is kept.</summary>
    public RequestPath Copy() => new() { _bytes = _bytes[..Length], _ends = _ends[.._count], _count = _count };

    /// <summary>The decoded segments, each after a slash.</summary>
    public byte[] ToUtf8()
    {
        byte[] written = new byte[_count + Length];
        Span<byte> rest = written;
        WsPath path = AsWsPath();
        for (int i = 0; i < path.Count; i++)
        {
            rest[0] = (byte)'/';
            path[i].CopyTo(rest[1..]);
            rest = rest[(1 + path[i].Length)..];
        }

        return written;
    }

    /// <summary>Whether this is what <see cref="ToUtf8"/> would return.</summary>
    public bool IsWrittenAs(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length != _count + Length) return false;
        WsPath path = AsWsPath();
        for (int i = 0; i < path.Count; i++)
        {
            if (utf8[0] != '/' || !utf8[1..].StartsWith(path[i])) return false;
            utf8 = utf8[(1 + path[i].Length)..];
        }

        return true;
    }

    private int Length => _count == 0 ? 0 : _ends[_count - 1];

    private static bool TryDecode(ReadOnlySpan<byte> segment, byte[] destination, ref int length)
    {
        for (int i = 0; i < segment.Length; i++)
        {
            byte value = segment[i];
            if (value == '%')
            {
                if (i + 2 >= segment.Length) return false;
                int high = HexDigit(segment[i + 1]);
                int low = HexDigit(segment[i + 2]);
                if ((high | low) < 0) return false;
                value = (byte)((high << 4) | low);
                i += 2;
            }

            destination[length++] = value;
        }

        return true;
    }

    private static int HexDigit(byte value) =>
        char.IsAsciiHexDigit((char)value) ? (value <= '9' ? value - '0' : (value | 0x20) - 'a' + 10) : -1;

    private static bool IsAcceptable(ReadOnlySpan<byte> segment) =>
        Utf8.IsValid(segment) && !segment.Contains((byte)0) && !segment.SequenceEqual("."u8) && !segment.SequenceEqual(".."u8);
}
