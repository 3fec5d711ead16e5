using System.Text;
using WsAot.TestKit.Handshake;

namespace WsAot.Conformance.Client;

/// <summary>
/// An opening handshake (RFC 6455 section 4.1), valid until a case changes it. Text is Latin-1, so that every byte can be written.
/// </summary>
internal sealed class HandshakeRequest
{
    private readonly List<string> _lines = [];

    public HandshakeRequest(Uri target)
    {
        Target = target.PathAndQuery;
        Authority = target.Authority;
        SchemeEnd = target.Scheme is "wss" or "https" ? "s" : "";
        Add("Host", target.Authority);
        Add("Upgrade", "websocket");
        Add("Connection", "Upgrade");
        Add("Sec-WebSocket-Key", ExampleHandshake.Key);
        Add("Sec-WebSocket-Version", "13");
    }

    /// <summary>The server's host and port, as in the Host header.</summary>
    public string Authority { get; }

    /// <summary>The <c>s</c> of <c>https</c> and <c>wss</c>; empty without TLS.</summary>
    public string SchemeEnd { get; }

    /// <summary>The origin of a page that comes from the server itself (RFC 6454 section 6.2).</summary>
    public string OwnOrigin => $"http{SchemeEnd}://{Authority}";

    public string Method { get; set; } = "GET";

    public string Target { get; set; }

    public string Version { get; set; } = "HTTP/1.1";

    public string LineEnd { get; set; } = "\r\n";

    /// <summary>The text before the request line.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The text after the empty line.</summary>
    public string Body { get; set; } = "";

    /// <summary>The key for which the server must compute the answer.</summary>
    public string Key { get; private set; } = ExampleHandshake.Key;

    /// <summary>The extensions offered, all header lines in one list; empty if there are none.</summary>
    public string Extensions => string.Join(", ", ValuesOf("Sec-WebSocket-Extensions"));

    public HandshakeRequest Add(string name, string value) => AddLine($"{name}: {value}");

    /// <summary>Adds a header line as it is, without its line end.</summary>
    public HandshakeRequest AddLine(string line)
    {
        _lines.Add(line);
        return this;
    }

    public HandshakeRequest Remove(string name)
    {
        _lines.RemoveAll(line => IsNamed(line, name));
        return this;
    }

    public HandshakeRequest Set(string name, string value) => SetLine(name, $"{name}: {value}");

    /// <summary>Replaces the header with this name by a line, as it is.</summary>
    public HandshakeRequest SetLine(string name, string line)
    {
        _lines[_lines.FindIndex(one => IsNamed(one, name))] = line;
        return this;
    }

    public HandshakeRequest SetKey(string key)
    {
        Key = key;
        return Set("Sec-WebSocket-Key", key);
    }

    /// <summary>Header lines from the last to the first.</summary>
    public HandshakeRequest Reverse()
    {
        _lines.Reverse();
        return this;
    }

    public byte[] ToBytes()
    {
        StringBuilder text = new(Prefix);
        text.Append(Method).Append(' ').Append(Target).Append(' ').Append(Version).Append(LineEnd);
        foreach (string line in _lines) text.Append(line).Append(LineEnd);
        return Encoding.Latin1.GetBytes(text.Append(LineEnd).Append(Body).ToString());
    }

    /// <summary>RFC 6455 section 4.2.2 item 5.4.</summary>
    public string ComputeAccept() => ExampleHandshake.ComputeAccept(Key);

    private IEnumerable<string> ValuesOf(string name) =>
        _lines.Where(line => IsNamed(line, name)).Select(line => line[(name.Length + 1)..].Trim());

    private static bool IsNamed(string line, string name) => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase);
}
