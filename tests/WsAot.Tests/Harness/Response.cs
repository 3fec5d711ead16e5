using System.Globalization;
using System.Text;

namespace WsAot.Tests.Harness;

/// <summary>An HTTP response, taken apart.</summary>
public sealed class Response
{
    private Response(int statusCode, List<KeyValuePair<string, string>> headers, string body) =>
        (StatusCode, Headers, Body) = (statusCode, headers, body);

    public int StatusCode { get; }

    public List<KeyValuePair<string, string>> Headers { get; }

    public string Body { get; }

    public string? this[string name] => Headers.Find(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Reads a head, and as body all that follows it.</summary>
    public static Response Parse(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"no response: '{text}'");
        string[] lines = text[..end].Split("\r\n");
        Assert.StartsWith("HTTP/1.1 ", lines[0], StringComparison.Ordinal);
        var headers = lines[
            1..].Select(line => KeyValuePair.Create(
                line[..line.IndexOf(": ", StringComparison.Ordinal)], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
        return new Response(int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture), [.. headers], text[(end + 4)..]);
    }
}
