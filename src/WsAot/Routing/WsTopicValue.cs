using System.ComponentModel;
using System.Globalization;

namespace WsAot.Routing;

/// <summary>The values in the names of topics, as text and as what they are. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WsTopicValue
{
    // A 64-bit number with its sign has 20 characters, a Guid 36.
    private const int LongestText = 40;

    /// <summary>A text as it stands in a name.</summary>
    /// <param name="value">The text.</param>
    /// <param name="name">The name of the value, for the exception.</param>
    /// <exception cref="ArgumentException">
    /// It is empty or has a <c>/</c> in it, so that the name would be that of another topic.
    /// </exception>
    public static string Text(string value, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value.Contains('/', StringComparison.Ordinal)
            ? throw new ArgumentException($"'{value}' has a '/' in it, which separates the values in the name of a topic.", name)
            : value;
    }

    /// <summary>A number or a Guid as it stands in a name.</summary>
    public static string Text<T>(T value)
        where T : struct, ISpanFormattable =>
        value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads a value from a name. It must be written as <see cref="Text{T}(T)"/> writes it: <c>7</c> and <c>07</c> would be two topics.
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
