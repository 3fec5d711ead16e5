using System.Text;
using WsAot.Fuzz.Support;

namespace WsAot.Fuzz.Proxies;

/// <summary>Makes the headers in which proxies describe their clients. The format is that of <see cref="ForwardedInput"/>.</summary>
internal static class ForwardedGenerator
{
    private static readonly string[] s_hosts = ["a.example", "a.example:443", "[::1]:80", "evil host", "", "a..b", "a:99999", "\u00e9"];
    private static readonly string[] s_protocols = ["http", "https", "ws", "wss", "HTTPS", "ftp", "", "https,http"];

    public static byte[] Generate(FuzzRandom random)
    {
        bool isRfc7239 = random.OneIn(2);
        var text = new StringBuilder(isRfc7239 ? "F" : "X");
        for (int lines = random.Next(1, 4); lines > 0; lines--)
        {
            char name = isRfc7239 && !random.OneIn(8) ? 'f' : random.Pick(['a', 'a', 'p', 'h']);
            text.Append('\n').Append(name);
            for (int elements = random.Next(1, random.OneIn(20) ? 40 : 5); elements > 0; elements--)
            {
                text.Append(Element(random, name));
                if (elements > 1 || random.OneIn(8)) text.Append(random.OneIn(6) ? random.Pick([",,", " ,\t", "\"", "\\\"", ";"]) : ", ");
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static string Element(FuzzRandom random, char name) => name switch
    {
        'a' => Node(random),
        'p' => random.Pick(s_protocols),
        'h' => random.Pick(s_hosts),
        _ => Pairs(random),
    };

    private static string Node(FuzzRandom random)
    {
        // Often one of our own proxies, so that the elements before it are read, too.
        string address = random.OneIn(2) ? random.Pick(["10.0.0.7", "10.1.2.3", "192.168.1.1", "fd00::9"]) : ProxyGenerator.Address(random);
        bool isV6 = address.Contains(':', StringComparison.Ordinal);
        if (random.OneIn(2)) return isV6 && random.OneIn(2) ? $"[{address}]" : address;
        return isV6 ? $"[{address}]:{ProxyGenerator.Port(random)}" : $"{address}:{ProxyGenerator.Port(random)}";
    }

    private static string Pairs(FuzzRandom random)
    {
        var pairs = new List<string>();
        if (!random.OneIn(8)) pairs.Add(Pair(random, "for", Node(random)));
        if (random.OneIn(2)) pairs.Add(Pair(random, "proto", random.Pick(s_protocols)));
        if (random.OneIn(2)) pairs.Add(Pair(random, "host", random.Pick(s_hosts)));
        if (random.OneIn(8)) pairs.Add(Pair(random, random.Pick(["by", "for", "x", "", "a b"]), Node(random)));
        return string.Join(random.OneIn(6) ? random.Pick([" ; ", ";;", "; "]) : ";", pairs);
    }

    private static string Pair(FuzzRandom random, string name, string value)
    {
        if (random.OneIn(6)) name = name.ToUpperInvariant();
        string quoted = random.OneIn(8) ? value + random.Pick(["\\", "\\\\", "\\\"", "\"", ";", ","]) : value;
        return $"{name}{(random.OneIn(20) ? random.Pick([" =", "= ", ""]) : "=")}{(random.OneIn(3) ? value : $"\"{quoted}\"")}";
    }
}
