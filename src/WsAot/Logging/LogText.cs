using System.Globalization;
using System.Text;

namespace WsAot.Logging;

/// <summary>
/// Makes text safe for a line of the log. A message can hold what a peer has sent, and a peer must be able neither to begin a line of its
/// own nor to make a terminal obey it.
/// </summary>
internal static class LogText
{
    /// <summary>What a line of an exception begins with: a log entry begins with its time.</summary>
    private const string Indentation = "    ";

    /// <summary>The text in one line: line ends, control characters and lone surrogates as <c>\uNNNN</c>.</summary>
    public static string InOneLine(string text)
    {
        int first = FindUnsafe(text, 0);
        if (first < 0) return text;
        var safe = new StringBuilder(text.Length + 16);
        int start = 0;
        for (int unsafeAt = first; unsafeAt >= 0; unsafeAt = FindUnsafe(text, start))
        {
            safe.Append(text, start, unsafeAt - start).Append(CultureInfo.InvariantCulture, $"\\u{(int)text[unsafeAt]:X4}");
            start = unsafeAt + 1;
        }

        return safe.Append(text, start, text.Length - start).ToString();
    }

    /// <summary>An exception in lines that are indented, so that none of them can be taken for an entry of its own.</summary>
    public static string InIndentedLines(Exception exception)
    {
        var lines = new StringBuilder();
        foreach (string line in exception.ToString().ReplaceLineEndings("\n").Split('\n'))
        {
            lines.Append(Indentation).Append(InOneLine(line)).Append('\n');
        }

        return lines.ToString();
    }

    private static int FindUnsafe(string text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            char one = text[i];
            if (one is >= ' ' and < '\u007F') continue;
            if (char.IsSurrogate(one))
            {
                if (!char.IsHighSurrogate(one) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return i;
                i++;
            }
            else if (IsUnsafe(one))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// Control characters (C0, DEL and C1), the line ends of Unicode, and what changes the direction of the text, which would show a line
    /// in another order than it has.
    /// </summary>
    private static bool IsUnsafe(char one) =>
        char.IsControl(one) || one is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
