using System.Text;

namespace WsAot.Generators.Templates;

/// <summary>Decodes percent-encoded UTF-8 (RFC 3986 section 2.1) at compile time.</summary>
internal static class PercentEncoding
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryDecode(string text, out string decoded)
    {
        decoded = "";
        try
        {
            byte[] bytes = s_strictUtf8.GetBytes(text);
            var result = new List<byte>(bytes.Length);
            for (int i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] != '%')
                {
                    result.Add(bytes[i]);
                    continue;
                }

                if (i + 2 >= bytes.Length || HexValue(bytes[i + 1]) is not { } high || HexValue(bytes[i + 2]) is not { } low) return false;
                result.Add((byte)((high << 4) | low));
                i += 2;
            }

            decoded = s_strictUtf8.GetString(result.ToArray());
            return true;
        }
        catch (System.ArgumentException)
        {
            // The text has a lone surrogate, or the decoded bytes are not UTF-8.
            return false;
        }
    }

    private static int? HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => null,
    };
}
