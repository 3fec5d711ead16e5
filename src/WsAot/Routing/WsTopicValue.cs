using System.ComponentModel;
using System.Globalization;

namespace WsAot.Routing;

/// <summary>Converts the values in topic names to text and back. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WsTopicValue
{
    // A 64-bit number with its sign has 20 characters, a Guid 36.
    private const int LongestText = 40;

    /// <summary>The form of a text in a topic's name.</summary>
    /// <param name="value">The text.</param>
    /// <param name="name">The name of the value, for the exception.</param>
    /// <exception cref="ArgumentException">The text is empty or contains <c>/</c>, so it would name another topic.</exception>
    public static string Text(string value, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value.Contains('/', StringComparison.Ordinal)
            ? throw new ArgumentException($"'{value}' has a '/' in it, which separates the values in the name of a topic.", name)
            : value;
    }

    /// <summary>The form of a number or a Guid in a topic's name.</summary>
    public static string Text<T>(T value)
        where T : struct, ISpanFormattable =>
        value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads a value from a name. It must have the form of <see cref="Text{T}(T)"/>, because <c>7</c> and <c>07</c> would be two topics.
    /// </summary>
    public static bool TryParse<T>(ReadOnlySpan<char> text, out T value)
        where T : struct, ISpanParsable<T>, ISpanFormattable
    {
        Span<char> written = stackalloc char[LongestText];
        return T.TryParse(text, CultureInfo.InvariantCulture, out value)
            && value.TryFormat(written, out int length, default, CultureInfo.InvariantCulture)
            && text.SequenceEqual(written[..length]);
    }
}
