using System.Text;
using WsAot.Protocol.Handshake;

namespace WsAot.Routing;

/// <summary>Reads cookies (RFC 6265 section 4.2).</summary>
internal static class Cookies
{
    /// <summary>The value of the first cookie with this name, which is case-sensitive; null if there is none.</summary>
    public static string? Find(RequestHead head, string name)
    {
        foreach (HeaderField header in head)
        {
            if (Ascii.EqualsIgnoreCase(header.Name, "cookie"u8) && Find(header.Value, Encoding.UTF8.GetBytes(name)) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    private static string? Find(ReadOnlySpan<byte> cookies, ReadOnlySpan<byte> name)
    {
        foreach (Range range in cookies.Split((byte)';'))
        {
            ReadOnlySpan<byte> pair = cookies[range].Trim(" \t"u8);
            int equals = pair.IndexOf((byte)'=');
            if (equals >= 0 && pair[..equals].SequenceEqual(name)) return Encoding.UTF8.GetString(pair[(equals + 1)..]);
        }

        return null;
    }
}
