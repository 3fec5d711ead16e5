using System.IO.Compression;
using WsAot.Conformance.Client;
using WsAot.Conformance.Deflate;
using WsAot.Conformance.Suite;
using WsAot.TestKit.Deflate;
using static WsAot.Conformance.Cases.DeflateWire;

namespace WsAot.Conformance.Cases;

/// <summary>Compressed messages that must fail the connection (RFC 7692 sections 6 and 7.2).</summary>
internal static class DeflateFaultCases
{
    private const string Garbage =
        "Section 7.2.2 does not name a code. The frames are valid, but their content does not match its type, which means 1007; "
        + "1002 would blame the framing.";
    private const string WholeMessage =
        "Section 7.2.2: with the four bytes appended, the message is DEFLATE data. A message that still ends within a block is not; "
        + "answering with half a message would be worse than failing.";

    public static IEnumerable<ConformanceCase> All(SuiteOptions options) =>
        [.. ReservedBits(), .. Text(), .. Wrong(), .. Bombs(options.MaxMessageBytes)];

    private static IEnumerable<ConformanceCase> ReservedBits()
    {
        byte[] data = PlatformDeflate.Compress("hello"u8);
        yield return Fails("deflate-6.1-rsv1-on-continuation", "RSV1 on a continuation frame of a compressed message", 1002,
            Compressed(Opcode.Text, data.AsMemory(0, 3), fin: false), ClientFrame.Continuation(data.AsMemory(3)) with { Rsv = Rsv1 });
        yield return Fails(
            "deflate-6.1-rsv1-on-plain-continuation",
            "RSV1 only on the continuation frame",
            1002,
            ClientFrame.Text("a", fin: false),
            ClientFrame.Continuation(data) with { Rsv = Rsv1 });
        yield return Fails("deflate-6.1-rsv1-on-middle-fragment", "RSV1 on a fragment that is neither first nor last", 1002,
            Compressed(Opcode.Text, data.AsMemory(0, 2), fin: false),
            ClientFrame.Continuation(data.AsMemory(2, 1), fin: false) with { Rsv = Rsv1 });
        foreach ((string id, ClientFrame frame) in (IEnumerable<(string, ClientFrame)>)[(
            "ping",
            ClientFrame.Ping("a")), ("pong", ClientFrame.Pong(default)), ("close", ClientFrame.Close(1000))])
        {
            yield return Fails($"deflate-6.1-rsv1-on-{id}", $"RSV1 on a {id} frame", 1002, frame with { Rsv = Rsv1 });
            yield return Fails($"deflate-6.1-rsv1-on-{id}-between", $"RSV1 on a {id} frame between compressed fragments", 1002,
                Compressed(Opcode.Text, data.AsMemory(0, 3), fin: false), frame with { Rsv = Rsv1 });
        }

        for (int rsv = 1; rsv <= 7; rsv++)
        {
            if (rsv != Rsv1)
            {
                yield return Fails(
                    $"deflate-6-rsv-{rsv:b3}",
                    $"The reserved bits {rsv:b3}, of which only RSV1 has a meaning",
                    1002,
                    ClientFrame.Text(data) with { Rsv = rsv });
            }
        }
    }

    private static IEnumerable<ConformanceCase> Text()
    {
        foreach ((string id, byte[] bytes) in (IEnumerable<(string, byte[])>)[(
            "ff",
            [0x61, 0xff, 0x62]), ("surrogate", [0xed, 0xa0, 0x80]), ("truncated", [0x61, 0xe4, 0xbd]), ("overlong", [0xc0, 0xaf])])
        {
            yield return Fails(
                $"deflate-7.2.2-text-{id}",
                $"Compressed text that is not UTF-8: {Convert.ToHexStringLower(bytes)}",
                1007,
                Compressed(Opcode.Text, PlatformDeflate.Compress(bytes)));
            byte[] data = PlatformDeflate.Compress(bytes);
            yield return Fails($"deflate-7.2.2-text-{id}-in-fragments", "The same in fragments of one byte", 1007,
                Fragmented(Opcode.Text, data, 1));
        }
    }

    private static IEnumerable<ConformanceCase> Wrong()
    {
        (string Id, string Words, byte[] Data)[] shapes =
        [
            ("block-of-type-3", "a block of the reserved type 3", [0x06]),
            ("ff", "bytes FF", [0xff, 0xff, 0xff, 0xff]),
            ("stored-lengths-differ", "a stored block whose two lengths do not match", [0x00, 0x05, 0x00, 0x00, 0x00, .. "Hello"u8]),
            ("distance-before-the-start", "a match that reaches back before the beginning", DeflateBlocks.FixedMatch("abc"u8, 4)),
            (
                "distance-far-before-the-start",
                "a match that reaches back 32,768 bytes into nothing",
                DeflateBlocks.FixedMatch("abc"u8, 32_768)),
            (
                "dynamic-too-many-codes",
                "a dynamic block with 288 literal and 32 distance codes",
                [0xfc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            (
                "garbage-after-good",
                "a good block, then a block of type 3",
                [.. PlatformDeflate.Compress("good"u8), .. PlatformDeflate.Tail, 0x06]),
            ("plain-text", "text that is not compressed", "This is not DEFLATE at all, it is text."u8.ToArray()),
        ];
        foreach ((string id, string words, byte[] data) in shapes)
        {
            yield return Fails($"deflate-7.2.2-{id}", $"Compressed data that is {words}", 1007, Compressed(
                Opcode.Binary, data)).Choosing(Garbage);
            yield return Fails($"deflate-7.2.2-{id}-text", $"A text message: {words}", 1007, Compressed(
                Opcode.Text, data)).Choosing(Garbage);
        }

        yield return Fails("deflate-7.2.2-ends-within-stored-block", "A stored block of which most does not come", 1007,
            Compressed(Opcode.Binary, (byte[])[0x00, 0xff, 0x7f, 0x00, 0x80, .. "Hello"u8])).Choosing(WholeMessage);
        yield return Fails("deflate-7.2.2-ends-within-dynamic-header", "The beginning of a dynamic block", 1007,
            Compressed(
                Opcode.Binary,
                PlatformDeflate.Compress(Wire.Text(2000), CompressionLevel.SmallestSize).AsMemory(0, 12))).Choosing(WholeMessage);
        yield return new(
            "deflate-7.2.2-good-then-garbage",
            "A good message, then garbage",
            "The echo; then a close frame with 1007.",
            async context =>
            {
                WebSocketClient client = await OpenAsync(context, Plain);
                await client.SendAsync(Compressed(Opcode.Text, client.Deflater!.Encode("good"u8)), Compressed(Opcode.Text, (byte[])[0x06]));
                await client.ExpectTextAsync("good");
                await client.ExpectFailureAsync(1007);
            })
        {
            Choice = Garbage,
        };
    }

    private static IEnumerable<ConformanceCase> Bombs(long limit)
    {
        string? skipReason = limit == 0 ? "--max-message 0" : null;
        const string choice = "RFC 7692 section 8 leaves this open. The limit is that of the inflated message, checked while inflating.";
        Lazy<byte[]> bomb = new(() => PlatformDeflate.Compress(new byte[limit + 1], CompressionLevel.SmallestSize));
        (string Id, string Words, Func<byte[], IEnumerable<ClientFrame>> Frames)[] shapes =
        [
            ("one-frame", "in one frame", static data => [Compressed(Opcode.Binary, data)]),
            ("text", "as text", static data => [Compressed(Opcode.Text, data)]),
            ("fragments", "in fragments of 1,000 bytes", static data => Fragmented(Opcode.Binary, data, 1000)),
        ];
        foreach ((string id, string words, Func<byte[], IEnumerable<ClientFrame>> frames) in shapes)
        {
            yield return new(
                $"deflate-10.4-bomb-{id}",
                $"Zeros that inflate to one byte more than {Wire.Size(limit)}, {words}",
                "A close frame with 1009.",
                async context =>
                {
                    WebSocketClient client = await OpenAsync(context, Plain);
                    await client.SendAsync(frames(bomb.Value));
                    await client.ExpectFailureAsync(1009);
                })
            {
                IsLarge = true,
                Choice = choice,
                SkipReason = skipReason,
            };
        }
    }
}
