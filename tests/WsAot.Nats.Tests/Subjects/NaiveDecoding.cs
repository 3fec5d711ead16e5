using System.Globalization;
using System.Text;

namespace WsAot.Nats.Tests.Subjects;

/// <summary>Makes a topic of its subject, one character after the other.</summary>
internal static class NaiveDecoding
{
    public static string Decode(string subject) => string.Join('/', subject.Split('.').Select(DecodeToken));

    private static string DecodeToken(string token)
    {
        if (token == "%") return "";
        var bytes = new List<byte>();
        for (int i = 0; i < token.Length; i++)
        {
            if (token[i] != '%')
            {
                bytes.Add((byte)token[i]);
                continue;
            }

            bytes.Add(byte.Parse(token.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            i += 2;
        }

        return FromBytes([.. bytes]);
    }

    private static string FromBytes(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            // A lone surrogate, which a decoder of UTF-8 takes for nothing.
            if (bytes is [0xED, >= 0xA0, _, ..])
            {
                text.Append((char)(((bytes[0] & 0x0F) << 12) | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
                bytes = bytes[3..];
                continue;
            }

            Rune.DecodeFromUtf8(bytes, out Rune rune, out int length);
            text.Append(rune.ToString());
            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
