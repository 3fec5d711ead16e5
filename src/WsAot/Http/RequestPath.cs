using System.Text.Unicode;
using WsAot.Routing;

namespace WsAot.Http;

/// <summary>A path as its decoded segments; see <see cref="WsPath"/>.</summary>
internal sealed class RequestPath
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    private RequestPath(byte[] bytes, int[] ends) => (_bytes, _ends) = (bytes, ends);

    public WsPath AsWsPath() => new(_bytes, _ends);

    /// <summary>Splits a path at its slashes and decodes what is between them (RFC 3986 section 2.1).</summary>
    /// <returns>
    /// Null for one that no honest client sends: without a slash at the front, with a broken escape, with bytes that are not UTF-8, with
    /// NUL, or with a segment <c>.</c> or <c>..</c>, which section 6.2.2.3 has clients remove.
    /// </returns>
    public static RequestPath? TryParse(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path[0] != '/') return null;
        path = path[1..];
        byte[] bytes = new byte[path.Length];
        int[] ends = new int[path.Count((byte)'/') + 1];
        int length = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            int slash = path.IndexOf((byte)'/');
            ReadOnlySpan<byte> segment = slash < 0 ? path : path[..slash];
            path = path[(slash + 1)..];
            int start = length;
            if (!TryDecode(segment, bytes, ref length)) return null;
            if (!IsAcceptable(bytes.AsSpan(start..length))) return null;
            ends[i] = length;
        }

        return new RequestPath(bytes, ends);
    }

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
