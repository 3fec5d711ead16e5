using System.Globalization;
using System.Text;

namespace WsAot.Generators.Text;

/// <summary>Writes JSON strings, which are valid in TypeScript, too.</summary>
internal static class JsonText
{
    public static string String(string value)
    {
        // A fast path: nearly all values are plain names.
        if (IsPlain(value)) return "\"" + value + "\"";
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (MustBeEscaped(c)) text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else text.Append(c);
        }

        return text.Append('"').ToString();
    }

    private static bool IsPlain(string value)
    {
        foreach (char c in value)
        {
            if (MustBeEscaped(c)) return false;
        }

        return true;
    }

    // A lone surrogate has no UTF-8 form; some readers treat U+2028 and U+2029 as line ends.
    private static bool MustBeEscaped(char c) => c is < ' ' or '"' or '\\' or '\u2028' or '\u2029' || char.IsSurrogate(c);
}
