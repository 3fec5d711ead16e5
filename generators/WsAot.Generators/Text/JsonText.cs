using System.Globalization;
using System.Text;

namespace WsAot.Generators.Text;

/// <summary>Literals as JSON writes them; a JSON string is a string of TypeScript, too.</summary>
internal static class JsonText
{
    public static string String(string value)
    {
        // Nearly all are names.
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

    // Half a surrogate pair has no UTF-8; a line separator ends a line for some readers.
    private static bool MustBeEscaped(char c) => c is < ' ' or '"' or '\\' or '\u2028' or '\u2029' || char.IsSurrogate(c);
}
