using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace WsAot.Nats.Subjects;

/// <summary>
/// Encodes topic names as tokens of NATS subjects: <c>chat/lobby</c> becomes <c>chat.lobby</c>. A byte that NATS reserves, or that is not
/// visible ASCII, becomes <c>%</c> and two hexadecimal digits; an empty segment becomes <c>%</c>. So different topics have different
/// subjects, and none has a wildcard. A name that would be too long becomes <c>%%</c> and its SHA-256.
/// </summary>
internal static class TopicEncoding
{
    /// <summary>A line of the NATS protocol has 4,096 bytes, for the subject and everything else.</summary>
    public const int MaxLength = 1024;

    private const char Escape = '%';

    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        "!\"#$&'()+,-0123456789:;<=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Encodes a topic's name.</summary>
    public static string Encode(string topic)
    {
        if (topic.Length is > 0 and <= MaxLength && IsPlain(topic)) return topic.Replace('/', '.');
        var text = new StringBuilder(topic.Length + 16);
        int start = 0;
        while (true)
        {
            int end = topic.IndexOf('/', start);
            AppendSegment(text, end < 0 ? topic.AsSpan(start) : topic.AsSpan(start, end - start));
            if (end < 0) break;
            text.Append('.');
            start = end + 1;
        }

        return text.Length <= MaxLength ? text.ToString() : Hash(text.ToString());
    }

    private static bool IsPlain(string topic)
    {
        int start = 0;
        while (true)
        {
            ReadOnlySpan<char> rest = topic.AsSpan(start);
            int end = rest.IndexOfAnyExcept(s_plain);
            if (end < 0) return rest.Length > 0;
            if (end == 0 || rest[end] != '/') return false;
            start += end + 1;
        }
    }

    private static void AppendSegment(StringBuilder text, ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty) text.Append(Escape);
        while (!segment.IsEmpty)
        {
            int plain = segment.IndexOfAnyExcept(s_plain);
            if (plain < 0) plain = segment.Length;
            text.Append(segment[..plain]);
            segment = segment[plain..];
            if (segment.IsEmpty) return;
            segment = segment[AppendEscaped(text, segment)..];
        }
    }

    /// <returns>The number of encoded characters.</returns>
    private static int AppendEscaped(StringBuilder text, ReadOnlySpan<char> segment)
    {
        Span<byte> bytes = stackalloc byte[4];
        int length;
        if (Rune.DecodeFromUtf16(segment, out Rune rune, out int taken) == OperationStatus.Done)
        {
            length = rune.EncodeToUtf8(bytes);
        }
        else
        {
            // A lone surrogate is not a character, but names that differ in it are different topics. So encode it as UTF-8 would.
            int unit = segment[0];
            bytes[0] = (byte)(0xE0 | (unit >> 12));
            bytes[1] = (byte)(0x80 | ((unit >> 6) & 0x3F));
            bytes[2] = (byte)(0x80 | (unit & 0x3F));
            (length, taken) = (3, 1);
        }

        foreach (byte one in bytes[..length]) text.Append(Escape).Append(Convert.ToHexString([one]));
        return taken;
    }

    private static string Hash(string encoded) => "%%" + Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(encoded)));
}
