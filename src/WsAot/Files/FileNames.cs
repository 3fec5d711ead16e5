using System.Text;
using WsAot.Routing;

namespace WsAot.Files;

/// <summary>
/// Decides which file names a client may request. The rules are the same on every system, so that a folder is not safe on one and open on
/// another: a name is refused if Linux, macOS or Windows would read it as anything but the name of a file in this folder.
/// </summary>
internal static class FileNames
{
    /// <summary>
    /// The name of the prefix without its slash. No file has it, because a client cannot request a name that begins with a dot.
    /// </summary>
    public const string Itself = ".";

    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"];

    /// <summary>The number of segments of a prefix that a path must begin with: without the empty segment after the last slash.</summary>
    public static int FolderCount(WsPath prefix) => prefix[prefix.Count - 1].IsEmpty ? prefix.Count - 1 : prefix.Count;

    /// <summary>
    /// The part of a path after a prefix, with slashes between the names. For a folder, it is empty or ends with a slash.
    /// </summary>
    /// <returns>Null if such a name is not served.</returns>
    public static string? Below(RequestPath path, RequestPath prefix)
    {
        WsPath segments = path.AsWsPath();
        var name = new StringBuilder();
        int first = FolderCount(prefix.AsWsPath());
        if (first == segments.Count) return Itself;
        for (int i = first; i < segments.Count; i++)
        {
            bool isLast = i == segments.Count - 1;
            if (segments[i].IsEmpty && isLast) break;
            string segment = Encoding.UTF8.GetString(segments[i]);
            if (!IsServable(segment, mayBeWellKnown: i == 0 && !isLast)) return null;
            name.Append(segment);
            if (!isLast) name.Append('/');
        }

        return name.ToString();
    }

    /// <summary>Whether a decoded segment is the name of a file or folder that may be served.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="mayBeWellKnown">Whether it may be <c>.well-known</c>, the folder of RFC 8615.</param>
    public static bool IsServable(string segment, bool mayBeWellKnown = false)
    {
        if (segment.Length == 0) return false;
        // Hidden files such as .git and .env; also "..", although the path has been checked for it already.
        if (segment[0] == '.') return mayBeWellKnown && segment == ".well-known";
        foreach (char character in segment)
        {
            // An encoded slash, the separator of Windows, its streams and drives, its wildcards, and control characters.
            if (character is < ' ' or '\x7F' or '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|') return false;
        }

        // Windows ignores a dot or a space at the end of a name, and opens files by short names such as SECRET~1.
        if (segment[^1] is '.' or ' ') return false;
        int tilde = segment.IndexOf('~');
        if (tilde >= 0 && tilde + 1 < segment.Length && char.IsAsciiDigit(segment[tilde + 1])) return false;
        return !IsDevice(segment);
    }

    /// <summary>Whether Windows treats the name as a device, whatever its extension: <c>NUL</c>, <c>com1.txt</c>.</summary>
    private static bool IsDevice(string segment)
    {
        int dot = segment.IndexOf('.');
        ReadOnlySpan<char> stem = (dot < 0 ? segment : segment.AsSpan(0, dot)).TrimEnd(' ');
        foreach (string device in s_devices)
        {
            if (stem.Equals(device, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return stem.Length == 4 && (char.IsAsciiDigit(stem[3]) || stem[3] is '\xB9' or '\xB2' or '\xB3')
            && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase));
    }
}
