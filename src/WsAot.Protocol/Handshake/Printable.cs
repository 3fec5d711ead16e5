using System.Globalization;
using System.Text;

namespace WsAot.Protocol.Handshake;

/// <summary>Shows bytes that a peer has sent, in a log line or a response: cut, and with nothing in it that a terminal obeys.</summary>
public static class Printable
{
    /// <summary>The most bytes that are shown.</summary>
    public const int MaxBytes = 100;

    /// <summary>The bytes in ASCII; any other as <c>\xNN</c>, and dots in place of what is cut off.</summary>
    public static string From(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (byte one in bytes[..Math.Min(bytes.Length, MaxBytes)])
        {
            // A backslash too, or the text could be taken for another.
            if (one is >= 0x20 and < 0x7F and not (byte)'\\') text.Append((char)one);
            else text.Append(CultureInfo.InvariantCulture, $"\\x{one:X2}");
        }

        return bytes.Length > MaxBytes ? text.Append("...").ToString() : text.ToString();
    }
}
