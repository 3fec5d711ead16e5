using System.Globalization;
using System.Text.RegularExpressions;

namespace WsAot.Native.Tests.Tls;

/// <summary>What <c>openssl s_client</c> has said.</summary>
/// <param name="Text">Both outputs.</param>
internal sealed partial record OpenSslAnswer(string Text)
{
    /// <summary>The alert by which the server has refused the handshake, or null.</summary>
    public int? Alert => Find(AlertNumber()) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;

    /// <summary>The version and the cipher that were agreed; null if none was, or if nothing came through.</summary>
    public string? Agreed =>
        Text.Contains("HTTP/1.1 200 OK", StringComparison.Ordinal) && Agreement().Match(Text) is { Success: true } match
            ? $"{match.Groups[1].Value} {match.Groups[2].Value}"
            : null;

    /// <summary>Whether a session was resumed.</summary>
    public bool IsResumed => Text.Contains("\nReused, TLSv1.", StringComparison.Ordinal);

    /// <summary>The group of the key exchange, as OpenSSL names it.</summary>
    public string? Group => Find(KeyExchange());

    /// <summary>The protocol that ALPN has chosen.</summary>
    public string? Protocol => Find(ChosenProtocol());

    /// <summary>The name in the server's certificate.</summary>
    public string? CommonName => Find(Subject());

    private string? Find(Regex regex) => regex.Match(Text) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"SSL alert number (\d+)")]
    private static partial Regex AlertNumber();

    // The version is the cipher's, and the connection's too: none of ours is older than its version.
    [GeneratedRegex(@"^(?:New|Reused), (TLSv[\d.]+), Cipher is ([A-Z]\S+)", RegexOptions.Multiline)]
    private static partial Regex Agreement();

    // OpenSSL 3.0 and 3.2 call it a temporary key, of the server and of the peer; 3.5 the group.
    [GeneratedRegex(@"^(?:(?:Server|Peer) Temp Key: (?:ECDH, )?|Negotiated TLS1\.3 group: )([^,\s]+)", RegexOptions.Multiline)]
    private static partial Regex KeyExchange();

    [GeneratedRegex(@"^ALPN protocol: (\S+)", RegexOptions.Multiline)]
    private static partial Regex ChosenProtocol();

    [GeneratedRegex(@"^subject=CN ?= ?(.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Subject();
}
