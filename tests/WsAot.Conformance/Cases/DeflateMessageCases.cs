using System.IO.Compression;
using WsAot.Conformance.Client;
using WsAot.Conformance.Deflate;
using WsAot.Conformance.Suite;
using WsAot.TestKit.Deflate;
using static WsAot.Conformance.Cases.DeflateWire;

namespace WsAot.Conformance.Cases;

/// <summary>Compressed messages that must come back (RFC 7692 sections 6 and 7.2).</summary>
internal static class DeflateMessageCases
{
    private static readonly int[] s_sizes = [0, 1, 2, 15, 64, 125, 126, 127, 128, 1024, 4096, 16_384, 65_535, 65_536, 131_072];

    public static IEnumerable<ConformanceCase> All() =>
        [.. Examples(), .. Blocks(), .. Sizes(), .. Combinations(), .. Fragments(), .. Takeover()];

    private static IEnumerable<ConformanceCase> Examples()
    {
        byte[] hello = "Hello"u8.ToArray();
        yield return Echoes(
            "deflate-7.2.3.1-one-block",
            "The example of one block",
            Opcode.Text,
            hello,
            Compressed(Opcode.Text, (byte[])[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]));
        yield return Echoes("deflate-7.2.3.1-two-frames", "The example of one block in two frames", Opcode.Text, hello,
            Compressed(Opcode.Text, (byte[])[0xf2, 0x48, 0xcd], fin: false), ClientFrame.Continuation((byte[])[0xc9, 0xc9, 0x07, 0x00]));
        yield return new("deflate-7.2.3.2-shared-window", "The example of two messages that share a "
            + "window", "Both come back.", async context =>
        {
            WebSocketClient client = await OpenAsync(context, Plain);
            await client.SendAsync(
                Compressed(Opcode.Text, (byte[])[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]),
                Compressed(Opcode.Text, (byte[])[0xf2, 0x00, 0x11, 0x00, 0x00]));
            await client.ExpectTextAsync("Hello");
            if (client.Agreement!.ClientNoContextTakeover) return;
            await client.ExpectTextAsync("Hello");
        });
        yield return Echoes("deflate-7.2.3.3-stored-block", "The example of a block without compression", Opcode.Text, hello,
            Compressed(Opcode.Text, (byte[])[0x00, 0x05, 0x00, 0xfa, 0xff, .. hello, 0x00]));
        yield return Echoes(
            "deflate-7.2.3.4-final-block",
            "The example of a block with BFINAL",
            Opcode.Text,
            hello,
            Compressed(Opcode.Text, (byte[])[0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00]));
        yield return Echoes("deflate-7.2.3.5-two-blocks", "The example of two blocks in one message", Opcode.Text, hello,
            Compressed(Opcode.Text, (byte[])[0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00]));
        yield return Echoes(
            "deflate-7.2.3.6-empty",
            "The example of an empty message: one zero byte",
            Opcode.Text,
            [],
            Compressed(Opcode.Text, (byte[])[0x00]));
    }

    private static IEnumerable<ConformanceCase> Blocks()
    {
        byte[] text = Wire.Text(2000);
        byte[] end = [0x00];
        (string Id, string Words, byte[] Data)[] shapes =
        [
            ("stored", "one stored block", [.. DeflateBlocks.Stored(text), .. end]),
            (
                "many-stored",
                "stored blocks of 100 bytes",
                [.. text.Chunk(100).SelectMany(static part => DeflateBlocks.Stored(part)), .. end]),
            (
                "empty-stored",
                "empty stored blocks around one",
                [
                    .. DeflateBlocks.Stored([]),
                    .. DeflateBlocks.Stored([]),
                    .. DeflateBlocks.Stored(text),
                    .. DeflateBlocks.Stored([]),
                    .. end,
                ]),
            ("fixed", "one block of fixed codes", [.. new DeflateEncoder(15, false).Encode(text)]),
            ("dynamic", "blocks of dynamic codes, as zlib makes them", PlatformDeflate.Compress(text, CompressionLevel.SmallestSize)),
            ("fastest", "what zlib makes at its fastest", PlatformDeflate.Compress(text, CompressionLevel.Fastest)),
            ("level-none", "what zlib makes at level 0", PlatformDeflate.Compress(text, CompressionLevel.NoCompression)),
            ("final-stored", "a stored block with BFINAL", [.. DeflateBlocks.Stored(text, isFinal: true), .. end]),
            ("final-fixed", "a fixed block with BFINAL", [.. DeflateBlocks.Fixed(text, isFinal: true), .. end]),
            (
                "mixed",
                "stored, dynamic and fixed blocks by turns",
                [
                    .. DeflateBlocks.Stored(text.AsSpan(0, 500)),
                    .. PlatformDeflate.Compress(text.AsSpan(500, 1000)),
                    .. PlatformDeflate.Tail,
                    .. DeflateBlocks.Fixed(text.AsSpan(1500)),
                    .. end,
                ]),
        ];
        foreach ((string id, string words, byte[] data) in shapes)
        {
            if (id == "mixed") continue;
            yield return Echoes($"deflate-7.2.2-{id}", $"2,000 bytes in {words}", Opcode.Text, text, Compressed(Opcode.Text, data));
            yield return Echoes(
                $"deflate-7.2.2-{id}-fragments-of-9",
                $"2,000 bytes in {words}, in fragments of nine bytes",
                Opcode.Text,
                text,
                Fragmented(Opcode.Text, data, 9));
        }

        byte[] stored =
        [
            .. DeflateBlocks.Stored(text.AsSpan(0, 500)),
            .. PlatformDeflate.Compress(text.AsSpan(500, 1000)),
            .. PlatformDeflate.Tail,
            .. DeflateBlocks.Stored(text.AsSpan(1500)),
            .. end,
        ];
        yield return Echoes(
            "deflate-7.2.2-mixed",
            "2,000 bytes in stored and dynamic blocks by turns, flushed in the middle",
            Opcode.Text,
            text,
            Compressed(Opcode.Text, stored));
        yield return Echoes(
            "deflate-7.2.1-two-final-blocks",
            "Two blocks with BFINAL in one message, each ending at a byte",
            Opcode.Text,
            "HelloHello"u8.ToArray(),
            Compressed(
                Opcode.Text,
                (byte[])[.. DeflateBlocks.Fixed("Hello"u8, isFinal: true), .. DeflateBlocks.Fixed("Hello"u8, isFinal: true), .. end]))
            .Choosing("Section 7.2.1 allows BFINAL on any block, and says how the next block follows it.");
        yield return new(
            "deflate-7.2.1-after-final-block",
            "A message whose block has BFINAL, then another message",
            "Both come back: BFINAL ends a message's data, not the connection's.",
            async context =>
            {
                WebSocketClient client = await OpenAsync(context, Plain);
                for (int i = 0; i < 3; i++)
                {
                    await client.SendAsync(
                        Compressed(Opcode.Text, (byte[])[.. DeflateBlocks.Fixed("Hello"u8, isFinal: true), 0x00]),
                        Compressed(Opcode.Text, PlatformDeflate.Compress("there"u8)));
                    await client.ExpectTextAsync("Hello");
                    await client.ExpectTextAsync("there");
                }
            });
        yield return Echoes(
            "deflate-7.2.3.6-empty-fixed-block",
            "An empty message as an empty fixed block: 02 00",
            Opcode.Text,
            [],
            Compressed(Opcode.Text, (byte[])[0x02, 0x00]));
        yield return Echoes(
            "deflate-7.2.3.6-empty-final-block",
            "An empty message as an empty fixed block with BFINAL: 03 00 00",
            Opcode.Binary,
            [],
            Compressed(Opcode.Binary, (byte[])[0x03, 0x00, 0x00]));
        yield return Echoes(
            "deflate-7.2.3.6-empty-stored-blocks",
            "An empty message as two empty stored blocks",
            Opcode.Binary,
            [],
            Compressed(Opcode.Binary, (byte[])[.. DeflateBlocks.Stored([]), 0x00]));
        yield return Echoes("deflate-7.2.3.6-empty-in-fragments", "An empty message in three frames, two of them empty", Opcode.Text, [],
            Compressed(Opcode.Text, default, fin: false),
            ClientFrame.Continuation((byte[])[0x00], fin: false),
            ClientFrame.Continuation(""));
        yield return Echoes(
            "deflate-6-uncompressed", "A message without RSV1, though compression is on", Opcode.Text, text, ClientFrame.Text(text));
        yield return new(
            "deflate-6-by-turns",
            "Compressed and plain messages by turns",
            "Each comes back; the plain ones do not touch the window.",
            async context =>
            {
                WebSocketClient client = await OpenAsync(context, Plain);
                for (int i = 0; i < 20; i++)
                {
                    byte[] message = Wire.Text(100 + (i * 37));
                    await client.SendAsync(
                        i % 2 == 0 ? Compressed(Opcode.Text, client.Deflater!.Encode(message)) : ClientFrame.Text(message));
                    await client.ExpectMessageAsync(Opcode.Text, message);
                }
            });
    }

    private static IEnumerable<ConformanceCase> Sizes()
    {
        foreach (int size in s_sizes)
        {
            foreach (Opcode opcode in (Opcode[])[Opcode.Text, Opcode.Binary])
            {
                string name = opcode.ToString().ToLowerInvariant();
                byte[] payload = opcode == Opcode.Text ? Wire.Text(size) : Wire.Bytes(size);
                yield return Echoes(
                    $"deflate-7.2-{name}-of-{size}",
                    $"A compressed {name} message of {Wire.Size(size)}{(opcode == Opcode.Binary ? ", random" : "")}",
                    opcode,
                    payload,
                    Compressed(opcode, ZlibOrEmpty(payload)));
            }
        }

        foreach (int size in (int[])[1 << 20, 1 << 22])
        {
            yield return new(
                $"deflate-7.2-text-of-{Wire.ShortSize(size)}",
                $"A compressed text message of {Wire.Size(size)}",
                "The message comes back.",
                async context =>
                {
                    WebSocketClient client = await OpenAsync(context, Plain);
                    byte[] payload = Wire.Text(size);
                    await client.SendAsync(Compressed(Opcode.Text, PlatformDeflate.Compress(payload)));
                    await client.ExpectMessageAsync(Opcode.Text, payload);
                })
            {
                IsLarge = true,
            };
        }
    }

    // A stream into which nothing was written flushes nothing.
    private static byte[] ZlibOrEmpty(byte[] payload) => payload.Length == 0 ? [0x00] : PlatformDeflate.Compress(payload);

    private static IEnumerable<ConformanceCase> Combinations()
    {
        foreach (bool serverTakeover in (bool[])[true, false])
        {
            foreach (bool clientTakeover in (bool[])[true, false])
            {
                foreach (int serverBits in (int[])[0, 8, 9, 12, 15])
                {
                    foreach (int clientBits in (int[])[0, 8, 9, 12, 15])
                    {
                        string offer = Plain
                            + (serverTakeover ? "" : "; server_no_context_takeover")
                            + (clientTakeover ? "" : "; client_no_context_takeover")
                            + (serverBits == 0 ? "" : $"; server_max_window_bits={serverBits}")
                            + (clientBits == 0 ? "" : $"; client_max_window_bits={clientBits}");
                        string id =
                            $"deflate-7-with-{(serverTakeover ? "" : "snct-")}{(clientTakeover ? "" : "cnct-")}s{serverBits}-c{clientBits}";
                        yield return new(
                            id,
                            $"Messages of 0 to 128 KiB under {offer}",
                            "Each comes back; the server keeps to the negotiated window and context takeover.",
                            context => AllSizesAsync(context, offer))
                        {
                            IsLarge = true,
                        };
                    }
                }
            }
        }
    }

    private static async Task AllSizesAsync(CaseContext context, string offer)
    {
        WebSocketClient client = await OpenAsync(context, offer);
        foreach (int size in s_sizes)
        {
            byte[] text = Wire.Text(size);
            await client.SendAsync(Compressed(Opcode.Text, client.Deflater!.Encode(text)));
            await client.ExpectMessageAsync(Opcode.Text, text);

            // Its second half repeats the first, at a distance that only a large window reaches.
            byte[] half = Wire.Bytes(size / 2, size);
            byte[] binary = [.. half, .. half];
            await client.SendAsync(Fragmented(Opcode.Binary, client.Deflater.Encode(binary), Math.Max(1, size / 3)));
            await client.ExpectMessageAsync(Opcode.Binary, binary);
        }

        await client.ExpectOpenAsync();
    }

    private static IEnumerable<ConformanceCase> Fragments()
    {
        byte[] payload = Wire.Text(4000);
        byte[] data = PlatformDeflate.Compress(payload);
        foreach (int size in (int[])[1, 2, 3, 5, 16, 64])
        {
            yield return Echoes(
                $"deflate-6.1-fragments-of-{size}",
                $"A compressed message in fragments of {Wire.Size(size)}",
                Opcode.Text,
                payload,
                Fragmented(Opcode.Text, data, size));
        }

        yield return new(
            "deflate-6.1-ping-between",
            "Pings between compressed fragments",
            "The pongs first, then the message.",
            async context =>
            {
                WebSocketClient client = await OpenAsync(context, Plain);
                ClientFrame[] frames = [.. Fragmented(Opcode.Text, data, Math.Max(1, data.Length / 3))];
                await client.SendAsync([frames[0], ClientFrame.Ping("one"), frames[1], ClientFrame.Ping("two"), .. frames[2..]]);
                await client.ExpectPongAsync("one"u8.ToArray());
                await client.ExpectPongAsync("two"u8.ToArray());
                await client.ExpectMessageAsync(Opcode.Text, payload);
                await client.ExpectOpenAsync();
            });
        yield return Echoes(
            "deflate-6.1-empty-first-fragment",
            "RSV1 on an empty first fragment",
            Opcode.Text,
            payload,
            Compressed(Opcode.Text, default, fin: false),
            ClientFrame.Continuation(data));
        yield return Echoes(
            "deflate-6.1-empty-last-fragment",
            "An empty last fragment",
            Opcode.Text,
            payload,
            Compressed(Opcode.Text, data, fin: false),
            ClientFrame.Continuation(""));
        yield return Echoes("deflate-6.1-empty-between", "Empty fragments in the middle", Opcode.Text, payload,
            Compressed(Opcode.Text, data.AsMemory(0, 10), fin: false),
            ClientFrame.Continuation("", fin: false),
            ClientFrame.Continuation("", fin: false),
            ClientFrame.Continuation(data.AsMemory(10)));

        // A flush in the middle, whose 00 00 FF FF stays in the data; then the end.
        byte[] flushed = [0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00];
        for (int cut = 1; cut < flushed.Length; cut++)
        {
            yield return Echoes(
                $"deflate-7.2.1-tail-cut-at-{cut}",
                $"A message with a flush inside, cut after byte {cut}",
                Opcode.Text,
                "Hello"u8.ToArray(),
                    Compressed(Opcode.Text, flushed.AsMemory(0, cut), fin: false), ClientFrame.Continuation(flushed.AsMemory(cut)));
        }

        byte[] text = "a\u00e9\u4f60\U0001f30d"u8.ToArray();
        byte[] parts = [.. text.SelectMany(static value => DeflateBlocks.Stored([value])), 0x00];
        yield return Echoes(
            "deflate-7.2.2-characters-across-blocks",
            "Text whose characters are spread over blocks, in fragments of one byte",
            Opcode.Text,
            text,
            Fragmented(Opcode.Text, parts, 1));
    }

    private static IEnumerable<ConformanceCase> Takeover()
    {
        foreach (string offer in (string[])[Plain, Plain + "; server_no_context_takeover", Plain
            + "; client_no_context_takeover", Plain + "; server_no_context_takeover; client_no_context_takeover"])
        {
            string id = offer.Replace(Plain, "plain", StringComparison.Ordinal)
                .Replace("; ", "-", StringComparison.Ordinal)
                .Replace('_', '-');
            yield return new($"deflate-7.1.1-100-messages-{id}", $"100 similar messages under {offer}", "Each comes back.", async context =>
            {
                WebSocketClient client = await OpenAsync(context, offer);
                byte[] common = Wire.Text(700);
                for (int i = 0; i < 100; i++)
                {
                    byte[] message = [.. common, (byte)('0' + (i % 10))];
                    await client.SendAsync(Compressed(Opcode.Text, client.Deflater!.Encode(message)));
                    await client.ExpectMessageAsync(Opcode.Text, message);
                }
            });
            yield return new(
                $"deflate-7.1.1-window-slides-{id}",
                $"Messages of 20,000 bytes that push each other out of the window, under {offer}",
                "Each comes back.",
                async context =>
                {
                    WebSocketClient client = await OpenAsync(context, offer);
                    for (int i = 0; i < 12; i++)
                    {
                        byte[] message = Wire.Bytes(20_000, i % 3);
                        await client.SendAsync(Compressed(Opcode.Binary, client.Deflater!.Encode(message)));
                        await client.ExpectMessageAsync(Opcode.Binary, message);
                    }
                });
        }

        yield return new(
            "deflate-7.1.1.2-client-may-reset",
            "A client that does not use context takeover although it may",
            "Each message comes back.",
            async context =>
            {
                WebSocketClient client = await OpenAsync(context, Plain);
                for (int i = 0; i < 10; i++)
                {
                    byte[] message = Wire.Text(1000 + i);
                    await client.SendAsync(Compressed(Opcode.Text, PlatformDeflate.Compress(message)));
                    await client.ExpectMessageAsync(Opcode.Text, message);
                }
            });
        yield return new(
            "deflate-7.1.2-distance-of-32768",
            "A match that reaches back as far as a window of 15 bits goes, into an earlier message",
            "It comes back.",
            async context =>
            {
                WebSocketClient client = await OpenAsync(context, Plain);
                if (client.Agreement is { ClientNoContextTakeover: true } or { ClientWindowBits: < 15 }) return;
                byte[] first = Wire.Bytes(32_768);
                await client.SendAsync(Compressed(Opcode.Binary, (byte[])[.. DeflateBlocks.Stored(first), 0x00]));
                await client.ExpectMessageAsync(Opcode.Binary, first);
                await client.SendAsync(Compressed(Opcode.Binary, DeflateBlocks.FixedMatch([], 32_768)));
                await client.ExpectMessageAsync(Opcode.Binary, first.AsMemory(0, 3));
            });
    }
}
