using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using WsAot.Protocol.Handshake;

namespace WsAot.Fuzz.Handshake;

/// <summary>
/// Reads a request head with regular expressions taken from the grammars of RFC 9110, 9112 and 3986: slow, but simple enough to see that it
/// is right.
/// </summary>
internal static partial class NaiveHead
{
    private const string Token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
    private const string Host = "(?<host>\\[[:.0-9A-Fa-f]{2,}\\]|[-._~%!$&'()*+,;=0-9A-Za-z]+)(?::(?<port>[0-9]*))?";

    private static readonly (string Signature, HandshakeError Error)[] s_foreign =
    [
        ("\x16\x03", HandshakeError.TlsClientHello), ("\r\n\r\n\0\r\nQUIT\n", HandshakeError.ProxyProtocol),
    ];

    /// <summary>Reads from the front of the bytes.</summary>
    public static (HeadReadStatus Status, HandshakeError Error, int Length, int Headers) Read(
        byte[] bytes, int maxHeadBytes, int maxHeaders)
    {
        // One char for each byte.
        string text = Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, maxHeadBytes)));
        (HeadReadStatus Status, HandshakeError Error, int Length, int Headers) foreign = ReadForeign(text, maxHeadBytes);
        if (foreign.Status != HeadReadStatus.Done) return foreign;
        bool isRequestLine = true;
        int headers = 0;
        for (int start = 0; ;)
        {
            int end = text.IndexOf('\n', start);
            if (end < 0)
            {
                if (isRequestLine && !BeginningOfRequestLine().IsMatch(text[start..]) && !(start == 0 && text == "\r"))
                {
                    return Failed(HandshakeError.MalformedRequestLine);
                }

                return text.Length >= maxHeadBytes
                    ? Failed(HandshakeError.HeadTooLarge)
                    : (HeadReadStatus.NeedMoreData, HandshakeError.None, 0, headers);
            }

            string line = text[start..end];
            bool isFirst = start == 0;
            start = end + 1;
            HandshakeError malformed = isRequestLine ? HandshakeError.MalformedRequestLine : HandshakeError.MalformedHeader;
            if (!line.EndsWith('\r')) return Failed(Renamed(malformed, text));
            line = line[..^1];
            if (isRequestLine)
            {
                // One empty line may come first.
                if (isFirst && line.Length == 0) continue;
                HandshakeError error = CheckRequestLine(line);
                if (error != HandshakeError.None) return Failed(Renamed(error, text));
                isRequestLine = false;
                continue;
            }

            if (line.Length == 0) return (HeadReadStatus.Done, HandshakeError.None, start, headers);
            if (++headers > maxHeaders) return Failed(HandshakeError.TooManyHeaders);
            if (!HeaderLine().IsMatch(line)) return Failed(HandshakeError.MalformedHeader);
        }
    }

    /// <summary>Recognizes TLS and the PROXY protocol, or the beginning of one. Done means neither.</summary>
    private static (HeadReadStatus Status, HandshakeError Error, int Length, int Headers) ReadForeign(string text, int maxHeadBytes)
    {
        foreach ((string signature, HandshakeError error) in s_foreign)
        {
            if (text.Length >= maxHeadBytes) break;
            if (text.StartsWith(signature, StringComparison.Ordinal)) return Failed(error);
            if (signature.StartsWith(text, StringComparison.Ordinal)) return (HeadReadStatus.NeedMoreData, HandshakeError.None, 0, 0);
        }

        return (HeadReadStatus.Done, HandshakeError.None, 0, 0);
    }

    private static HandshakeError Renamed(HandshakeError error, string text) =>
        error == HandshakeError.MalformedRequestLine && text.StartsWith("PROXY ", StringComparison.Ordinal)
            ? HandshakeError.ProxyProtocol
            : error;

    private static (HeadReadStatus, HandshakeError, int, int) Failed(HandshakeError error) => (HeadReadStatus.Error, error, 0, 0);

    private static HandshakeError CheckRequestLine(string line)
    {
        Match match = RequestLine().Match(line);
        if (!match.Success) return HandshakeError.MalformedRequestLine;
        string port = match.Groups["port"].Value.TrimStart('0');
        if (port.Length > 5 || (port.Length > 0 && int.Parse(port, CultureInfo.InvariantCulture) > 65535))
        {
            return HandshakeError.MalformedRequestLine;
        }

        return match.Groups["major"].Value == "1" ? HandshakeError.None : HandshakeError.UnsupportedHttpVersion;
    }

    [GeneratedRegex("\\A(?:" + Token + "(?: .*)?)?\\z", RegexOptions.Singleline)]
    private static partial Regex BeginningOfRequestLine();

    // RFC 9112 section 3.2: origin-form, asterisk-form, absolute-form. RFC 6455 section 3: no fragment.
    [GeneratedRegex(
        "\\A" + Token + " (?:/[!\"$-~]*|\\*|(?i:https?|wss?)://" + Host + "(?:[/?][!\"$-~]*)?) HTTP/(?<major>[0-9])\\.[0-9]\\z")]
    private static partial Regex RequestLine();

    [GeneratedRegex("\\A" + Token + ":[\\t\\x20-\\x7E\\x80-\\xFF]*\\z")]
    private static partial Regex HeaderLine();
}
