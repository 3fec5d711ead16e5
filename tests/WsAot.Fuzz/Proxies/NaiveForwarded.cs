using System.Net;
using System.Text.RegularExpressions;

namespace WsAot.Fuzz.Proxies;

/// <summary>What a request says about its client, read backwards from the proxy next to the server.</summary>
/// <param name="Client">The first address that is not one of our proxies, or the farthest known one.</param>
/// <param name="IsSecure">Whether the client has used TLS; null: no header says.</param>
/// <param name="Host">The host that it has asked for; null: no header says, or it is invalid.</param>
/// <param name="IsEnd">Whether the client is not one of our proxies, so that earlier elements do not matter.</param>
internal sealed partial record NaiveForwarded((byte[] Address, int Port) Client, bool? IsSecure, string? Host, bool IsEnd)
{
    private const string Token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";
    private const string OnePair = Token + "+=(?:\"[^\"\\\\]*\"|" + Token + "*)";

    /// <summary>Whether an address is in one of the blocks of <see cref="ForwardedTarget.TrustedProxies"/>.</summary>
    private static bool IsTrusted(byte[] address) =>
        address is [10, _, _, _] or [192, 168, 1, 1] or [0xFD, 0, .. { Length: 14 }];

    public static NaiveForwarded? Read(ForwardedInput input, (byte[] Address, int Port) peer) =>
        input.IsRfc7239 ? ReadForwarded(input, peer) : ReadXForwarded(input, peer);

    public override string ToString() => Describe(new IPEndPoint(new IPAddress(Client.Address), Client.Port).ToString(), IsSecure, Host);

    public static string Describe(string client, bool? isSecure, string? host) =>
        $"from {client}, {(isSecure is { } known ? known ? "with TLS" : "without TLS" : "over nobody says what")}, for {host ?? "no host"}";

    /// <summary>
    /// The elements of a header, the last one first: a comma separates elements if an even number of quotation marks follows it.
    /// </summary>
    public static List<string> ElementsOf(ForwardedInput input, string name)
    {
        var elements = new List<string>();
        foreach ((_, string value) in input.Headers.Where(header => header.Name == name).Reverse())
        {
            int end = value.Length;
            for (int i = value.Length - 1; i >= -1; i--)
            {
                bool divides = i < 0 || (value[i] == ',' && value.AsSpan(i).Count('"') % 2 == 0);
                if (!divides) continue;
                elements.Add(value[(i + 1)..end].Trim(' ', '\t'));
                end = i;
            }
        }

        return elements;
    }

    private static NaiveForwarded? ReadXForwarded(ForwardedInput input, (byte[] Address, int Port) peer)
    {
        List<string> nodes = Filled(ElementsOf(input, "X-Forwarded-For"));
        (byte[] Address, int Port) client = peer;
        int hops = 0;
        while (IsTrusted(client.Address) && hops < nodes.Count && NaiveAddress.ParseNode(nodes[hops]) is { } next)
        {
            client = next;
            hops++;
        }

        string protocol = At(Filled(ElementsOf(input, "X-Forwarded-Proto")), Math.Max(1, hops));
        string host = At(Filled(ElementsOf(input, "X-Forwarded-Host")), Math.Max(1, hops));
        bool? isSecure = SecureOf(protocol);
        // An invalid protocol counts as missing, but an invalid host counts as named.
        return hops == 0 && isSecure is null && host.Length == 0
            ? null
            : new NaiveForwarded(client, isSecure, HostOf(host), !IsTrusted(client.Address));
    }

    private static NaiveForwarded? ReadForwarded(ForwardedInput input, (byte[] Address, int Port) peer)
    {
        (byte[] Address, int Port) client = peer;
        Dictionary<string, string>? last = null;
        foreach (string element in Filled(ElementsOf(input, "Forwarded")))
        {
            if (!IsTrusted(client.Address) || PairsOf(element) is not { } pairs || IsTwice(element, "for")) break;
            last = pairs;
            if (NaiveAddress.ParseNode(pairs.GetValueOrDefault("for", "")) is not { } next) break;
            client = next;
        }

        if (last is null) return null;
        bool? isSecure = SecureOf(last.GetValueOrDefault("proto", ""));
        return new NaiveForwarded(client, isSecure, HostOf(last.GetValueOrDefault("host", "")), !IsTrusted(client.Address));
    }

    /// <summary>The pairs of an element by their names in lower case, the first of each; null: it does not follow the grammar.</summary>
    private static Dictionary<string, string>? PairsOf(string element)
    {
        if (!Element().IsMatch(element)) return null;
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match pair in Pair().Matches(element))
        {
            pairs.TryAdd(pair.Groups["name"].Value.ToLowerInvariant(), pair.Groups["value"].Value + pair.Groups["quoted"].Value);
        }

        return pairs;
    }

    private static bool IsTwice(string element, string name) =>
        Pair().Matches(element).Count(pair => pair.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1;

    private static List<string> Filled(List<string> elements) => elements.FindAll(static element => element.Length > 0);

    private static string At(List<string> elements, int number) =>
        elements.Count == 0 ? "" : elements[Math.Min(number, elements.Count) - 1];

    private static bool? SecureOf(string protocol) => protocol.ToLowerInvariant() switch
    {
        "https" or "wss" => true,
        "http" or "ws" => false,
        _ => null,
    };

    private static string? HostOf(string host)
    {
        if (HostName().Match(host) is not { Success: true } match) return null;
        string port = match.Groups["port"].Value.TrimStart('0');
        return port.Length == 0 || NaiveAddress.ParsePort(port) is not null ? host : null;
    }

    // RFC 7239 section 4; no backslash, which no node, host or scheme needs.
    [GeneratedRegex("\\A" + OnePair + "(?:[ \\t]*;[ \\t]*" + OnePair + ")*[ \\t]*;?[ \\t]*\\z")]
    private static partial Regex Element();

    [GeneratedRegex("(?<name>" + Token + "+)=(?:\"(?<quoted>[^\"\\\\]*)\"|(?<value>" + Token + "*))")]
    private static partial Regex Pair();

    [GeneratedRegex("\\A(?:\\[[:.0-9A-Fa-f]{2,}\\]|[-._~%!$&'()*+,;=0-9A-Za-z]+)(?::(?<port>[0-9]*))?\\z")]
    private static partial Regex HostName();
}
