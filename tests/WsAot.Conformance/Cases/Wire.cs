using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;
using WsAot.TestKit.Text;

namespace WsAot.Conformance.Cases;

/// <summary>The shapes that most cases have.</summary>
internal static class Wire
{
    /// <summary>A case in which the frames come back as one message, and the connection stays open.</summary>
    public static ConformanceCase Echoes(string id, string name, Opcode opcode, byte[] payload, params IEnumerable<ClientFrame> frames) =>
        new(id, name, "The message comes back as it was sent; the connection stays open.", async context =>
        {
            WebSocketClient client = await context.OpenAsync();
            await client.SendAsync(frames);
            await client.ExpectMessageAsync(opcode, payload);
            await client.ExpectOpenAsync();
        });

    /// <summary>A case in which the frames fail the connection.</summary>
    public static ConformanceCase Fails(string id, string name, int code, params IEnumerable<ClientFrame> frames) =>
        Fails(id, name, code, () => ClientFrame.Concat(frames));

    /// <inheritdoc cref="Fails(string, string, int, IEnumerable{ClientFrame})"/>
    public static ConformanceCase Fails(string id, string name, int code, Func<byte[]> bytes) =>
        new(id, name, $"A close frame with {code}, then the end of TCP.", async context =>
        {
            WebSocketClient client = await context.OpenAsync();
            await client.SendAsync(bytes());
            await client.ExpectFailureAsync(code);
        });

    /// <summary>Bytes whose values depend on their positions.</summary>
    public static byte[] Bytes(int count, int seed = 7)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Text of exactly this many bytes, with characters of one to four bytes.</summary>
    public static byte[] Text(int count)
    {
        byte[] unit = "Grüße, Καλημέρα, 你好, 🌍! "u8.ToArray();
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i += unit.Length) unit.AsSpan(0, Math.Min(unit.Length, count - i)).CopyTo(bytes.AsSpan(i));
        // The last character may have been cut.
        for (int i = count - 1; i >= 0 && !NaiveUtf8.IsValid(bytes.AsSpan(count / unit.Length * unit.Length)); i--) bytes[i] = (byte)'.';
        return bytes;
    }

    /// <summary>A size as words: "16 MiB", "65,537 bytes".</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1 << 20 when bytes % (1 << 20) == 0 => $"{bytes >> 20} MiB",
        >= 1 << 10 when bytes % (1 << 10) == 0 => $"{bytes >> 10} KiB",
        1 => "1 byte",
        _ => $"{bytes} bytes",
    };

    /// <summary>A size as a part of an id: "16m", "64k", "65537".</summary>
    public static string ShortSize(long bytes) => bytes switch
    {
        >= 1 << 20 when bytes % (1 << 20) == 0 => $"{bytes >> 20}m",
        >= 1 << 10 when bytes % (1 << 10) == 0 => $"{bytes >> 10}k",
        _ => $"{bytes}",
    };
}
