using System.Globalization;
using System.Text;

namespace WsAot.Protocol.Handshake;

/// <summary>
/// Makes bytes from a peer safe to show in a log line or a response: short, and without characters that a terminal obeys.
/// </summary>
public static class Printable
{
    /// <summary>The most bytes that are shown.</summary>
    public const int MaxBytes = 100;

    /// <summary>Returns the bytes as ASCII, any other byte as <c>\xNN</c>, and dots in place of what is cut off.</summary>
    public static string From(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (byte one in bytes[..Math.Min(bytes.Length, MaxBytes)])
        {
            // Escape a backslash too, so that it cannot be confused with an escape.
            if (one is >= 0x20 and < 0x7F and not (byte)'\\') text.Append((char)one);
            else text.Append(CultureInfo.InvariantCulture, $"\\x{one:X2}");
        }

        return bytes.Length > MaxBytes ? text.Append("...").ToString() : text.ToString();
    }
}
