using System.Text;

namespace WsAot.Fuzz.Proxies;

/// <summary>
/// An input of <see cref="ForwardedTarget"/>: a letter for the kind of headers to trust (<c>F</c>: <c>Forwarded</c>), and lines, each with
/// a letter for the header's name, and its value.
/// </summary>
internal sealed class ForwardedInput(byte[] input)
{
    private const int MaxLines = 8;

    private readonly string[] _lines = [.. Encoding.Latin1.GetString(input).Split('\n').Skip(1).Take(MaxLines)];

    public bool IsRfc7239 => input.Length > 0 && input[0] == 'F';

    /// <summary>The header lines of the request.</summary>
    public IEnumerable<(string Name, string Value)> Headers =>
        _lines.Where(static line => line.Length > 0).Select(static line => (NameOf(line[0]), line[1..].Trim(' ', '\t')));

    /// <summary>The request, with the given headers before the others.</summary>
    public byte[] Request(params ReadOnlySpan<(string Name, string Value)> first)
    {
        var text = new StringBuilder("GET / HTTP/1.1\r\nHost: h\r\n");
        foreach ((string name, string value) in (List<(string Name, string Value)>)[.. first, .. Headers])
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    private static string NameOf(char letter) => letter switch
    {
        'a' => "X-Forwarded-For",
        'p' => "X-Forwarded-Proto",
        'h' => "X-Forwarded-Host",
        _ => "Forwarded",
    };
}
