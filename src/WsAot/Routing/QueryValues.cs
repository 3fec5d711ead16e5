using System.Net;

namespace WsAot.Routing;

/// <summary>The values of one key in a query, in order, decoded like a form (<c>+</c> is a space).</summary>
internal ref struct QueryValues(ReadOnlySpan<char> query, string key)
{
    private ReadOnlySpan<char> _rest = query;
    private bool _isAtEnd;

    /// <summary>The current value; empty for a key without a value.</summary>
    public string Current { get; private set; } = "";

    public bool MoveNext()
    {
        while (!_isAtEnd)
        {
            int end = _rest.IndexOf('&');
            ReadOnlySpan<char> pair = end < 0 ? _rest : _rest[..end];
            _isAtEnd = end < 0;
            _rest = _rest[(end + 1)..];
            int equals = pair.IndexOf('=');
            if (!IsKey(equals < 0 ? pair : pair[..equals])) continue;
            Current = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
            return true;
        }

        return false;
    }

    // Decode only keys that need it, because decoding allocates a string, and a client may send thousands of pairs.
    private readonly bool IsKey(ReadOnlySpan<char> name) => name.ContainsAny('%', '+') ? Decode(name) == key : name.SequenceEqual(key);

    private static string Decode(ReadOnlySpan<char> text) => WebUtility.UrlDecode(text.ToString());
}
