using System.IO.Compression;
using System.Text;
using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Deflate;

namespace WsAot.Native.Tests.Instructions;

/// <summary>All rows. What is sent is the same in every run.</summary>
internal static class CountedRows
{
    private const byte Text = 0x81;
    private const byte Binary = 0x82;
    private const byte CompressedText = 0xC1;

    // 64 bytes of UTF-8, with one letter each of 2, 3 and 4 bytes.
    private const string Phrase = "A caf\u00E9 at noon, 2 \u20AC for two, \"see you there\" \U0001F600 and so on. ";

    public static IReadOnlyList<CountedRow> All { get; } =
    [
        Echo("64 B, 1 in flight, binary", Binary, Bytes(64), rounds: 16_000),
        Echo("64 B, 16 in flight, binary", Binary, Bytes(64), rounds: 4000, depth: 16),
        Echo("1 KiB, 1 in flight, text", Text, Phrases(1024), rounds: 8000),
        Echo("1 KiB, 16 in flight, text", Text, Phrases(1024), rounds: 1000, depth: 16),
        Echo("16 KiB, 1 in flight, text", Text, Phrases(16 * 1024), rounds: 1000),
        Echo("16 KiB, 16 in flight, text", Text, Phrases(16 * 1024), rounds: 75, depth: 16),
        Echo("16 KiB, 16 in flight, binary", Binary, Bytes(16 * 1024), rounds: 1000, depth: 16),
        Echo("16 KiB, 16 in flight, ASCII text", Text, Records(16 * 1024), rounds: 1000, depth: 16),
        Echo("64 B published to 100, a delivery", Text, Phrases(64), rounds: 600) with { Path = "/chat/counted", Connections = 100 },
        Call("JSON-RPC call, int result, 1 in flight", rounds: 4000, depth: 1),
        Call("JSON-RPC call, int result, 16 in flight", rounds: 250, depth: 16),
        new("1 KiB of JSON, compressed", RawConnection.Frame(
            CompressedText,
            PlatformDeflate.Compress(Records(1024), CompressionLevel.Fastest)), Records(1024)) { IsCompressed = true, Rounds = 800 },
    ];

    private static CountedRow Echo(string name, byte first, byte[] payload, int rounds, int depth = 1) =>
        new(name, RawConnection.Frame(first, payload), payload) { Rounds = rounds, Depth = depth };

    private static CountedRow Call(string name, int rounds, int depth) =>
        new(
            name,
            RawConnection.Frame(Text, """{"jsonrpc":"2.0","method":"Sum","params":[[1,2,3]],"id":1}"""u8),
            """{"jsonrpc":"2.0","result":6,"id":1}"""u8.ToArray())
        { Path = "/rpc", Rounds = rounds, Depth = depth };

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Phrases(int length) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Phrase, length / 64)));

    // Names that repeat and values that do not, as services exchange them.
    private static byte[] Records(int length)
    {
        Random random = new(1);
        StringBuilder json = new();
        while (json.Length < length)
        {
            json.Append($$"""{"id":{{random.Next(10_000)}},"symbol":"{{random.Next(26 * 26):X}}",""");
            json.Append($"\"price\":{random.Next(500)}.{random.Next(10, 100)},\"side\":\"buy\"}},");
        }

        return Encoding.ASCII.GetBytes(json.ToString(0, length));
    }
}
