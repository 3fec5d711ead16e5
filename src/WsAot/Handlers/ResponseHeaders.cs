using System.Buffers;

namespace WsAot;

/// <summary>Checks the headers that an application adds to a response, so that none can break it.</summary>
internal static class ResponseHeaders
{
    private static readonly SearchValues<char> s_token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Returns the headers if all of them may be sent.</summary>
    /// <exception cref="ArgumentException">A header may not be sent; the message says which and why.</exception>
    public static KeyValuePair<string, string>[] Checked(KeyValuePair<string, string>[] headers)
    {
        foreach ((string name, string value) in headers)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(s_token))
            {
                throw new ArgumentException($"'{name}' is not a header name (RFC 9110 section 5.1).", nameof(headers));
            }

            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                throw new ArgumentException(
                    $"The value of {name} may contain visible ASCII and spaces only (RFC 9110 section 5.5).", nameof(headers));
            }

            if (IsOurs(name)) throw new ArgumentException($"{name} is written by the server (RFC 6455 section 4.2.2).", nameof(headers));
        }

        return headers;
    }

    private static bool IsOurs(string name) =>
        name.Equals("Connection", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Upgrade", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Date", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase);
}
