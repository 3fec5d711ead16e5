using System.Globalization;
using System.Net;
using System.Text;
using WsAot.Fuzz.Support;

namespace WsAot.Fuzz.Proxies;

/// <summary>Makes headers of the PROXY protocol, and addresses.</summary>
internal static class ProxyGenerator
{
    private static readonly string[] s_addresses =
    [
        "203.0.113.9", "0.0.0.0", "255.255.255.255", "256.1.1.1", "01.2.3.4", "1.2.3", "1.2.3.4.5", "2001:db8::1", "::", "::1", "1::",
        "::ffff:192.0.2.1", "::ffff:c000:201", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4", "1::2::3",
        ":::", "12345::", "fe80::1%eth0", "10.0.0.7", "192.168.1.1", "fd00::9", "unknown", "_hidden", "",
    ];

    private static readonly string[] s_ports = ["1", "443", "4711", "65535", "65536", "0", "080", "-1", "", "x", "99999"];

    public static byte[] Generate(FuzzRandom random) => random.OneIn(2) ? Line(random) : Binary(random);

    /// <summary>An address as text, often a valid one.</summary>
    public static string Address(FuzzRandom random)
    {
        if (random.OneIn(2)) return random.Pick(s_addresses);
        byte[] bytes = random.NextBytes(random.OneIn(2) ? 4 : 16);
        for (int i = random.Next(6); i > 0 && bytes.Length == 16; i--) bytes[random.Next(16)] = 0;
        return new IPAddress(bytes).ToString();
    }

    public static string Port(FuzzRandom random) =>
        random.OneIn(3) ? random.Pick(s_ports) : random.Next(65536).ToString(CultureInfo.InvariantCulture);

    private static byte[] Line(FuzzRandom random)
    {
        string protocol = random.Pick(
            random.OneIn(8) ? (string[])["UNKNOWN", "TCP", "tcp4", "TCP44", "UNKNOWN2", ""] : (string[])["TCP4", "TCP6"]);
        // Mostly an address of the family that the line names.
        string source = Address(random);
        for (int i = 0; i < 4 && source.Contains(':') != (protocol == "TCP6"); i++) source = Address(random);
        string target = protocol == "TCP6" ? "2001:db8::2" : "198.51.100.2";
        if (random.OneIn(4)) target = Address(random);
        string space = random.OneIn(12) ? "  " : " ";
        var text = new StringBuilder("PROXY").Append(space).Append(protocol).Append(space).Append(source).Append(' ').Append(target);
        text.Append(' ').Append(Port(random)).Append(space).Append(random.OneIn(3) ? Port(random) : "443");
        if (random.OneIn(12)) text.Append(' ').Append('x', random.Next(90));
        text.Append(random.OneIn(8) ? random.Pick(["\n", "\r", "", "\r\r\n"]) : "\r\n").Append(random.OneIn(2) ? "GET / HTTP/1.1\r\n" : "");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static byte[] Binary(FuzzRandom random)
    {
        byte command = random.OneIn(6) ? random.Pick<byte>([0x20, 0x22, 0x11, 0x31]) : (byte)0x21;
        byte family = random.Pick(
            random.OneIn(3) ? (byte[])[0x00, 0x12, 0x22, 0x31, 0x32, 0x10, 0x41, 0x13] : (byte[])[0x11, 0x21]);
        int needed = family switch { 0x11 or 0x12 => 12, 0x21 or 0x22 => 36, 0x31 or 0x32 => 216, _ => 0 };
        int extra = random.OneIn(2) ? 0 : random.Next(random.OneIn(8) ? 400 : 20);
        byte[] block = random.NextBytes(needed + extra);
        // IPv4 written as IPv6.
        if (family == 0x21 && random.OneIn(2)) ((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]).CopyTo(block);
        int length = random.OneIn(8) ? random.Next(300) : block.Length;
        return
        [
            .. "\r\n\r\n\0\r\nQUIT\n"u8, command, family, (byte)(length >> 8), (byte)length, .. block,
            .. random.OneIn(2) ? "GET / HTTP/1.1\r\n"u8 : default,
        ];
    }
}
