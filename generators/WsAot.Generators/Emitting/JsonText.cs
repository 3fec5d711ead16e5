using System.Globalization;
using System.Text;

namespace WsAot.Generators.Emitting;

/// <summary>Literals as JSON writes them; a JSON string is a string of TypeScript, too.</summary>
internal static class JsonText
{
    public static string String(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            // Half a surrogate pair has no UTF-8; a line separator ends a line for some readers.
            else if (c < ' ' || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }

        return text.Append('"').ToString();
    }
}
