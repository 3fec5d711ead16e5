using System.Text;

namespace WsAot.Testing;

/// <summary>The answer to an HTTP request.</summary>
public class WsTestResponse
{
    private protected WsTestResponse(WsTestResponse other)
        : this(other.StatusCode, other.ReasonPhrase, other.Headers, other.Body)
    {
    }

    internal WsTestResponse(
        int statusCode, string reasonPhrase, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body) =>
        (StatusCode, ReasonPhrase, Headers, Body) = (statusCode, reasonPhrase, headers, body);

    /// <summary>The status code, such as 200.</summary>
    public int StatusCode { get; }

    /// <summary>The text after the status code, such as <c>OK</c>.</summary>
    public string ReasonPhrase { get; }

    /// <summary>The header fields in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The value of the first header field with a name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>Null if there is none.</returns>
    public string? GetHeader(string name)
    {
        foreach (KeyValuePair<string, string> header in Headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) return header.Value;
        }

        return null;
    }

    /// <summary>The status line, the headers and the body.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{StatusCode} {ReasonPhrase}");
        foreach (KeyValuePair<string, string> header in Headers) text.Append('\n').Append(header.Key).Append(": ").Append(header.Value);
        if (!Body.IsEmpty) text.Append("\n\n").Append(Text.AsSpan().TrimEnd());
        return text.ToString();
    }
}
