using System.IO.Compression;
using WsAot.Conformance.Client;
using WsAot.Conformance.Deflate;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Cases;

/// <summary>Compressed messages (RFC 7692 sections 6 and 7.2).</summary>
internal static class DeflateMessageCases
{
    private const int Rsv1 = 4;
    private const string Plain = "permessage-deflate";
    private const string Garbage =
        "Section 7.2.2 does not name a code. The frames are right and what they carry is not what its type says, which is 1007; 1002 would blame the framing.";
    private const string WholeMessage = "Section 7.2.2: with the four bytes appended the message is DEFLATE data. What ends within a block then is none; answering with half a message would be worse than failing.";

    private static readonly int[] s_sizes = [0, 1, 2, 15, 64, 125, 126, 127, 128, 1024, 4096, 16_384, 65_535, 65_536, 131_072];

    public static IEnumerable<ConformanceCase> All(SuiteOptions options) =>
        [.. Examples(), .. Blocks(), .. Sizes(), .. Combinations(), .. Fragments(), .. Takeover(), .. ReservedBits(), .. Text(), .. Wrong(), .. Bombs(options.MaxMessageBytes)];

    private static FrameBytes Compressed(Opcode opcode, ReadOnlyMemory<byte> data, bool fin = true) => new(opcode, data) { Rsv = Rsv1, Fin = fin };

    private static ConformanceCase Echoes(string id, string name, Opcode opcode, byte[] payload, params IEnumerable<FrameBytes> frames) =>
        new(id, name, "The message comes back, compressed or not; the connection stays open.", async context =>
        {
            WebSocketClient client = await OpenAsync(context, Plain);
            await client.SendAsync(frames);
            await client.ExpectMessageAsync(opcode, payload);
            await client.ExpectOpenAsync();
        });

    private static ConformanceCase Fails(string id, string name, int code, params IEnumerable<FrameBytes> frames) =>
        new(id, name, $"A close frame with {code}, then the end of TCP.", async context =>
        {
            WebSocketClient client = await OpenAsync(context, Plain);
            await client.SendAsync(frames);
            await client.ExpectFailureAsync(code);
        });

    private static async Task<WebSocketClient> OpenAsync(CaseContext context, string offer)
    {
        WebSocketClient client = await context.OpenAsync(offer);
        return client.Agreement is not null ? client : throw new CaseFailedException($"The offer \"{offer}\" was not accepted.");
    }

    private static IEnumerable<ConformanceCase> Examples()
    {
        byte[] hello = "Hello"u8.ToArray();
        yield return Echoes("deflate-7.2.3.1-one-block", "The example of one block", Opcode.Text, hello, Compressed(Opcode.Text, (byte[])[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]));
        yield return Echoes("deflate-7.2.3.1-two-frames", "The example of one block in two frames", Opcode.Text, hello,
            Compressed(Opcode.Text, (byte[])[0xf2, 0x48, 0xcd], fin: false), FrameBytes.Continuation((byte[])[0xc9, 0xc9, 0x07, 0x00]));
        yield return new("deflate-7.2.3.2-shared-window", "The example of two messages that share a window", "Both come back.", async context =>
        {
            WebSocketClient client = await OpenAsync(context, Plain);
            await client.SendAsync(Compressed(Opcode.Text, (byte[])[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]), Compressed(Opcode.Text, (byte[])[0xf2, 0x00, 0x11, 0x00, 0x00]));
            await client.ExpectTextAsync("Hello");
            if (client.Agreement!.ClientNoContextTakeover) return;
            await client.ExpectTextAsync("Hello");
        });
        yield return Echoes("deflate-7.2.3.3-stored-block", "The example of a block without compression", Opcode.Text, hello,
            Compressed(Opcode.Text, (byte[])[0x00, 0x05, 0x00, 0xfa, 0xff, .. hello, 0x00]));
        yield return Echoes("deflate-7.2.3.4-final-block", "The example of a block with BFINAL", Opcode.Text, hello, Compressed(Opcode.Text, (byte[])[0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00]));
        yield return Echoes("deflate-7.2.3.5-two-blocks", "The example of two blocks in one message", Opcode.Text, hello,
            Compressed(Opcode.Text, (byte[])[0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00]));
        yield return Echoes("deflate-7.2.3.6-empty", "The example of an empty message: one zero byte", Opcode.Text, [], Compressed(Opcode.Text, (byte[])[0x00]));
    }

    private static IEnumerable<ConformanceCase> Blocks()
    {
        byte[] text = Wire.Text(2000);
        byte[] end = [0x00];
        (string Id, string Words, byte[] Data)[] shapes =
        [
            ("stored", "one stored block", [.. DeflateBlocks.Stored(text), .. end]),
            ("many-stored", "stored blocks of 100 bytes", [.. text.Chunk(100).SelectMany(static part => DeflateBlocks.Stored(part)), .. end]),
            ("empty-stored", "empty stored blocks around one", [.. DeflateBlocks.Stored([]), .. DeflateBlocks.Stored([]), .. DeflateBlocks.Stored(text), .. DeflateBlocks.Stored([]), .. end]),
            ("fixed", "one block of fixed codes", [.. new DeflateEncoder(15, false).Encode(text)]),
            ("dynamic", "blocks of dynamic codes, as zlib makes them", DeflateBlocks.Zlib(text, CompressionLevel.SmallestSize)),
            ("fastest", "what zlib makes at its fastest", DeflateBlocks.Zlib(text, CompressionLevel.Fastest)),
            ("level-none", "what zlib makes at level 0", DeflateBlocks.Zlib(text, CompressionLevel.NoCompression)),
            ("final-stored", "a stored block with BFINAL", [.. DeflateBlocks.Stored(text, isFinal: true), .. end]),
            ("final-fixed", "a fixed block with BFINAL", [.. DeflateBlocks.Fixed(text, isFinal: true), .. end]),
            ("mixed", "stored, dynamic and fixed blocks by turns", [.. DeflateBlocks.Stored(text.AsSpan(0, 500)), .. DeflateBlocks.Zlib(text.AsSpan(500, 1000)), .. DeflateBlocks.Tail, .. DeflateBlocks.Fixed(text.AsSpan(1500)), .. end]),
        ];
        foreach ((string id, string words, byte[] data) in shapes)
        {
            if (id == "mixed") continue;
            yield return Echoes($"deflate-7.2.2-{id}", $"2,000 bytes in {words}", Opcode.Text, text, Compressed(Opcode.Text, data));
            yield return Echoes($"deflate-7.2.2-{id}-fragments-of-9", $"2,000 bytes in {words}, in fragments of nine bytes", Opcode.Text, text,
                FrameBytes.Fragments(Opcode.Text, data, 9).Select(static (frame, i) => i == 0 ? frame with { Rsv = Rsv1 } : frame));
        }

        byte[] stored = [.. DeflateBlocks.Stored(text.AsSpan(0, 500)), .. DeflateBlocks.Zlib(text.AsSpan(500, 1000)), .. DeflateBlocks.Tail, .. DeflateBlocks.Stored(text.AsSpan(1500)), .. end];
        yield return Echoes("deflate-7.2.2-mixed", "2,000 bytes in stored and dynamic blocks by turns, flushed in the middle", Opcode.Text, text, Compressed(Opcode.Text, stored));
        yield return Echoes("deflate-7.2.1-two-final-blocks", "Two blocks with BFINAL in one message, each ending at a byte", Opcode.Text, "HelloHello"u8.ToArray(),
            Compressed(Opcode.Text, (byte[])[.. DeflateBlocks.Fixed("Hello"u8, isFinal: true), .. DeflateBlocks.Fixed("Hello"u8, isFinal: true), .. end]))
            .Choosing("Section 7.2.1 allows BFINAL on any block and tells how the next block follows it.");
        yield return new("deflate-7.2.1-after-final-block", "A message whose block has BFINAL, then another message", "Both come back: BFINAL ends a message's data, not the connection's.", async context =>
        {
            WebSocketClient client = await OpenAsync(context, Plain);
            for (int i = 0; i < 3; i++)
            {
                await client.SendAsync(Compressed(Opcode.Text, (byte[])[.. DeflateBlocks.Fixed("Hello"u8, isFinal: true), 0x00]), Compressed(Opcode.Text, DeflateBlocks.Zlib("there"u8)));
                await client.ExpectTextAsync("Hello");
                await client.ExpectTextAsync("there");
            }
        });
        yield return Echoes("deflate-7.2.3.6-empty-fixed-block", "An empty message as an empty fixed block: 02 00", Opcode.Text, [], Compressed(Opcode.Text, (byte[])[0x02, 0x00]));
        yield return Echoes("deflate-7.2.3.6-empty-final-block", "An empty message as an empty fixed block with BFINAL: 03 00 00", Opcode.Binary, [], Compressed(Opcode.Binary, (byte[])[0x03, 0x00, 0x00]));
        yield return Echoes("deflate-7.2.3.6-empty-stored-blocks", "An empty message as two empty stored blocks", Opcode.Binary, [], Compressed(Opcode.Binary, (byte[])[.. DeflateBlocks.Stored([]), 0x00]));
        yield return Echoes("deflate-7.2.3.6-empty-in-fragments", "An empty message in three frames, two of them empty", Opcode.Text, [],
            Compressed(Opcode.Text, default, fin: false), FrameBytes.Continuation((byte[])[0x00], fin: false), FrameBytes.Continuation(""));
        yield return Echoes("deflate-6-uncompressed", "A message without RSV1, though compression was agreed", Opcode.Text, text, FrameBytes.Text(text));
        yield return new("deflate-6-by-turns", "Compressed and plain messages by turns", "Each comes back; the plain ones do not touch the window.", async context =>
        {
            WebSocketClient client = await OpenAsync(context, Plain);
            for (int i = 0; i < 20; i++)
            {
                byte[] message = Wire.Text(100 + (i * 37));
                await client.SendAsync(i % 2 == 0 ? Compressed(Opcode.Text, client.Deflater!.Encode(message)) : FrameBytes.Text(message));
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
                yield return Echoes($"deflate-7.2-{name}-of-{size}", $"A compressed {name} message of {Wire.Size(size)}{(opcode == Opcode.Binary ? ", random" : "")}", opcode, payload,
                    Compressed(opcode, ZlibOrEmpty(payload)));
            }
        }

        foreach (int size in (int[])[1 << 20, 1 << 22])
        {
            yield return new($"deflate-7.2-text-of-{Wire.ShortSize(size)}", $"A compressed text message of {Wire.Size(size)}", "The message comes back.", async context =>
            {
                WebSocketClient client = await OpenAsync(context, Plain);
                byte[] payload = Wire.Text(size);
                await client.SendAsync(Compressed(Opcode.Text, DeflateBlocks.Zlib(payload)));
                await client.ExpectMessageAsync(Opcode.Text, payload);
            })
            {
                IsLarge = true,
            };
        }
    }

    // A stream into which nothing was written flushes nothing.
    private static byte[] ZlibOrEmpty(byte[] payload) => payload.Length == 0 ? [0x00] : DeflateBlocks.Zlib(payload);

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
                        string id = $"deflate-7-with-{(serverTakeover ? "" : "snct-")}{(clientTakeover ? "" : "cnct-")}s{serverBits}-c{clientBits}";
                        yield return new(id, $"Messages of 0 to 128 KiB under {offer}", "Each comes back; the server keeps to the window and to the takeover that were agreed.",
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
            await client.SendAsync(FrameBytes.Fragments(Opcode.Binary, client.Deflater.Encode(binary), Math.Max(1, size / 3)).Select(static (frame, i) => i == 0 ? frame with { Rsv = Rsv1 } : frame));
            await client.ExpectMessageAsync(Opcode.Binary, binary);
        }

        await client.ExpectOpenAsync();
    }

    private static IEnumerable<ConformanceCase> Fragments()
    {
        byte[] payload = Wire.Text(4000);
        byte[] data = DeflateBlocks.Zlib(payload);
        foreach (int size in (int[])[1, 2, 3, 5, 16, 64])
        {
            yield return Echoes($"deflate-6.1-fragments-of-{size}", $"A compressed message in fragments of {Wire.Size(size)}", Opcode.Text, payload,
                FrameBytes.Fragments(Opcode.Text, data, size).Select(static (frame, i) => i == 0 ? frame with { Rsv = Rsv1 } : frame));
        }

        yield return new("deflate-6.1-ping-between", "Pings between compressed fragments", "The pongs first, then the message.", async context =>
        {
            WebSocketClient client = await OpenAsync(context, Plain);
            FrameBytes[] frames = [.. FrameBytes.Fragments(Opcode.Text, data, Math.Max(1, data.Length / 3)).Select(static (frame, i) => i == 0 ? frame with { Rsv = Rsv1 } : frame)];
            await client.SendAsync([frames[0], FrameBytes.Ping("one"), frames[1], FrameBytes.Ping("two"), .. frames[2..]]);
            await client.ExpectPongAsync("one"u8.ToArray());
            await client.ExpectPongAsync("two"u8.ToArray());
            await client.ExpectMessageAsync(Opcode.Text, payload);
            await client.ExpectOpenAsync();
        });
        yield return Echoes("deflate-6.1-empty-first-fragment", "RSV1 on an empty first fragment", Opcode.Text, payload, Compressed(Opcode.Text, default, fin: false), FrameBytes.Continuation(data));
        yield return Echoes("deflate-6.1-empty-last-fragment", "An empty last fragment", Opcode.Text, payload, Compressed(Opcode.Text, data, fin: false), FrameBytes.Continuation(""));
        yield return Echoes("deflate-6.1-empty-between", "Empty fragments in the middle", Opcode.Text, payload,
            Compressed(Opcode.Text, data.AsMemory(0, 10), fin: false), FrameBytes.Continuation("", fin: false), FrameBytes.Continuation("", fin: false), FrameBytes.Continuation(data.AsMemory(10)));

        // A flush in the middle, whose 00 00 FF FF stays in the data; then the end.
        byte[] flushed = [0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00];
        for (int cut = 1; cut < flushed.Length; cut++)
        {
            yield return Echoes($"deflate-7.2.1-tail-cut-at-{cut}", $"A message with a flush inside, cut after byte {cut}", Opcode.Text, "Hello"u8.ToArray(),
                Compressed(Opcode.Text, flushed.AsMemory(0, cut), fin: false), FrameBytes.Continuation(flushed.AsMemory(cut)));
        }

        byte[] text = "a\u00e9\u4f60\U0001f30d"u8.ToArray();
        byte[] parts = [.. text.SelectMany(static value => DeflateBlocks.Stored([value])), 0x00];
        yield return Echoes("deflate-7.2.2-characters-across-blocks", "Text whose characters are spread over blocks, in fragments of one byte", Opcode.Text, text,
            FrameBytes.Fragments(Opcode.Text, parts, 1).Select(static (frame, i) => i == 0 ? frame with { Rsv = Rsv1 } : frame));
    }

    private static IEnumerable<ConformanceCase> Takeover()
    {
        foreach (string offer in (string[])[Plain, Plain + "; server_no_context_takeover", Plain + "; client_no_context_takeover", Plain + "; server_no_context_takeover; client_no_context_takeover"])
        {
            string id = offer.Replace(Plain, "plain", StringComparison.Ordinal).Replace("; ", "-", StringComparison.Ordinal).Replace('_', '-');
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
            yield return new($"deflate-7.1.1-window-slides-{id}", $"Messages of 20,000 bytes that push each other out of the window, under {offer}", "Each comes back.", async context =>
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

        yield return new("deflate-7.1.1.2-client-may-reset", "A client that takes no context over though it may", "Each message comes back.", async context =>
        {
            WebSocketClient client = await OpenAsync(context, Plain);
            for (int i = 0; i < 10; i++)
            {
                byte[] message = Wire.Text(1000 + i);
                await client.SendAsync(Compressed(Opcode.Text, DeflateBlocks.Zlib(message)));
                await client.ExpectMessageAsync(Opcode.Text, message);
            }
        });
        yield return new("deflate-7.1.2-distance-of-32768", "A match that reaches back as far as a window of 15 bits goes, into an earlier message", "It comes back.", async context =>
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

    private static IEnumerable<ConformanceCase> ReservedBits()
    {
        byte[] data = DeflateBlocks.Zlib("hello"u8);
        yield return Fails("deflate-6.1-rsv1-on-continuation", "RSV1 on a continuation frame of a compressed message", 1002,
            Compressed(Opcode.Text, data.AsMemory(0, 3), fin: false), FrameBytes.Continuation(data.AsMemory(3)) with { Rsv = Rsv1 });
        yield return Fails("deflate-6.1-rsv1-on-plain-continuation", "RSV1 only on the continuation frame", 1002, FrameBytes.Text("a", fin: false), FrameBytes.Continuation(data) with { Rsv = Rsv1 });
        yield return Fails("deflate-6.1-rsv1-on-middle-fragment", "RSV1 on a fragment that is neither first nor last", 1002,
            Compressed(Opcode.Text, data.AsMemory(0, 2), fin: false), FrameBytes.Continuation(data.AsMemory(2, 1), fin: false) with { Rsv = Rsv1 });
        foreach ((string id, FrameBytes frame) in (IEnumerable<(string, FrameBytes)>)[("ping", FrameBytes.Ping("a")), ("pong", FrameBytes.Pong(default)), ("close", FrameBytes.Close(1000))])
        {
            yield return Fails($"deflate-6.1-rsv1-on-{id}", $"RSV1 on a {id} frame", 1002, frame with { Rsv = Rsv1 });
            yield return Fails($"deflate-6.1-rsv1-on-{id}-between", $"RSV1 on a {id} frame between compressed fragments", 1002,
                Compressed(Opcode.Text, data.AsMemory(0, 3), fin: false), frame with { Rsv = Rsv1 });
        }

        for (int rsv = 1; rsv <= 7; rsv++)
        {
            if (rsv != Rsv1)
            {
                yield return Fails($"deflate-6-rsv-{rsv:b3}", $"The reserved bits {rsv:b3}, of which only RSV1 has a meaning", 1002, FrameBytes.Text(data) with { Rsv = rsv });
            }
        }
    }

    private static IEnumerable<ConformanceCase> Text()
    {
        foreach ((string id, byte[] bytes) in (IEnumerable<(string, byte[])>)[("ff", [0x61, 0xff, 0x62]), ("surrogate", [0xed, 0xa0, 0x80]), ("truncated", [0x61, 0xe4, 0xbd]), ("overlong", [0xc0, 0xaf])])
        {
            yield return Fails($"deflate-7.2.2-text-{id}", $"Compressed text that is no UTF-8: {Convert.ToHexStringLower(bytes)}", 1007, Compressed(Opcode.Text, DeflateBlocks.Zlib(bytes)));
            byte[] data = DeflateBlocks.Zlib(bytes);
            yield return Fails($"deflate-7.2.2-text-{id}-in-fragments", "The same in fragments of one byte", 1007,
                FrameBytes.Fragments(Opcode.Text, data, 1).Select(static (frame, i) => i == 0 ? frame with { Rsv = Rsv1 } : frame));
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
            ("distance-far-before-the-start", "a match that reaches back 32,768 bytes into nothing", DeflateBlocks.FixedMatch("abc"u8, 32_768)),
            ("dynamic-too-many-codes", "a dynamic block with 288 literal and 32 distance codes", [0xfc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            ("garbage-after-good", "a good block, then a block of type 3", [.. DeflateBlocks.Zlib("good"u8), .. DeflateBlocks.Tail, 0x06]),
            ("plain-text", "text that nobody compressed", "This is not DEFLATE at all, it is text."u8.ToArray()),
        ];
        foreach ((string id, string words, byte[] data) in shapes)
        {
            yield return Fails($"deflate-7.2.2-{id}", $"Compressed data that is {words}", 1007, Compressed(Opcode.Binary, data)).Choosing(Garbage);
            yield return Fails($"deflate-7.2.2-{id}-text", $"A text message: {words}", 1007, Compressed(Opcode.Text, data)).Choosing(Garbage);
        }

        yield return Fails("deflate-7.2.2-ends-within-stored-block", "A stored block of which most does not come", 1007,
            Compressed(Opcode.Binary, (byte[])[0x00, 0xff, 0x7f, 0x00, 0x80, .. "Hello"u8])).Choosing(WholeMessage);
        yield return Fails("deflate-7.2.2-ends-within-dynamic-header", "The beginning of a dynamic block", 1007,
            Compressed(Opcode.Binary, DeflateBlocks.Zlib(Wire.Text(2000), CompressionLevel.SmallestSize).AsMemory(0, 12))).Choosing(WholeMessage);
        yield return new("deflate-7.2.2-good-then-garbage", "A good message, then garbage", "The echo; then a close frame with 1007.", async context =>
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
        const string choice = "RFC 7692 section 8 leaves it open. The limit is on what a message inflates to, and is kept while inflating.";
        Lazy<byte[]> bomb = new(() => DeflateBlocks.Zlib(new byte[limit + 1], CompressionLevel.SmallestSize));
        (string Id, string Words, Func<byte[], IEnumerable<FrameBytes>> Frames)[] shapes =
        [
            ("one-frame", "in one frame", static data => [Compressed(Opcode.Binary, data)]),
            ("text", "as text", static data => [Compressed(Opcode.Text, data)]),
            ("fragments", "in fragments of 1,000 bytes", static data => FrameBytes.Fragments(Opcode.Binary, data, 1000).Select(static (frame, i) => i == 0 ? frame with { Rsv = Rsv1 } : frame)),
        ];
        foreach ((string id, string words, Func<byte[], IEnumerable<FrameBytes>> frames) in shapes)
        {
            yield return new($"deflate-10.4-bomb-{id}", $"Zeros that inflate to one byte more than {Wire.Size(limit)}, {words}", "A close frame with 1009.", async context =>
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
