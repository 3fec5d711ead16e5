using System.IO.Enumeration;

namespace WsAot.Conformance.Suite;

/// <summary>
/// Patterns of case ids: <c>*</c> and <c>?</c> as in file names; without them, a beginning such as <c>5.2</c> or <c>deflate</c>.
/// </summary>
internal static class IdPattern
{
    public static bool AnyFits(IEnumerable<string> patterns, string id) => patterns.Any(pattern => Fits(pattern, id));

    private static bool Fits(string pattern, string id)
    {
        if (pattern.AsSpan().ContainsAny('*', '?')) return FileSystemName.MatchesSimpleExpression(pattern, id);
        // The beginning ends where a word of the id does: "5.2" is not "5.20-x".
        return id.StartsWith(pattern, StringComparison.OrdinalIgnoreCase)
            && (id.Length == pattern.Length || !char.IsAsciiLetterOrDigit(id[pattern.Length]) || !char.IsAsciiLetterOrDigit(pattern[^1]));
    }
}
