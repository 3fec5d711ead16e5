using System.Globalization;
using System.Text;

namespace WsAot.Logging;

/// <summary>
/// Makes text safe for a log line. A message can contain text from a peer, which must not be able to start a line of its own or send
/// control codes to a terminal.
/// </summary>
internal static class LogText
{
    /// <summary>The start of each line of an exception. A log entry starts with its time instead.</summary>
    private const string Indentation = "    ";

    /// <summary>The text on one line: line ends, control characters and lone surrogates become <c>\uNNNN</c>.</summary>
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

    /// <summary>An exception as indented lines, so that none of them can be taken for a log entry.</summary>
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
    /// Control characters (C0, DEL and C1), Unicode's line ends, and characters that change the direction of text, which would show a line
    /// in a different order.
    /// </summary>
    private static bool IsUnsafe(char one) =>
        char.IsControl(one) || one is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
