using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Cases;

/// <summary>Frames (RFC 6455 sections 5.1 to 5.3).</summary>
internal static class FramingCases
{
    private static readonly int[] s_borders = [0, 1, 2, 124, 125, 126, 127, 128, 255, 256, 65_534, 65_535, 65_536, 65_537];

    public static IEnumerable<ConformanceCase> All() =>
        [.. Lengths(), .. OtherForms(), .. Unmasked(), .. ReservedBits(), .. ReservedOpcodes(), .. Keys(), .. Chopped(), .. Together()];

    private static IEnumerable<ConformanceCase> Lengths()
    {
        foreach (int length in s_borders)
        {
            byte[] text = Wire.Text(length);
            byte[] bytes = Wire.Bytes(length);
            yield return Wire.Echoes(
                $"5.2-text-of-{length}", $"A text message of {Wire.Size(length)}", Opcode.Text, text, ClientFrame.Text(text));
            yield return Wire.Echoes(
                $"5.2-binary-of-{length}", $"A binary message of {Wire.Size(length)}", Opcode.Binary, bytes, ClientFrame.Binary(bytes));
        }
    }

    private static IEnumerable<ConformanceCase> OtherForms()
    {
        foreach (int length in (int[])[0, 1, 124, 125])
        {
            foreach (Opcode opcode in (Opcode[])[Opcode.Text, Opcode.Binary])
            {
                yield return Wire.Fails(
                    $"5.2-{Name(opcode)}-of-{length}-in-16-bits",
                    $"A length of {length} in 16 bits: not the shortest form",
                    1002,
                    new ClientFrame(opcode, new byte[length]) { LengthForm = LengthForm.Bits16 });
            }
        }

        foreach (int length in (int[])[0, 1, 125, 126, 127, 65_534, 65_535])
        {
            foreach (Opcode opcode in (Opcode[])[Opcode.Text, Opcode.Binary])
            {
                yield return Wire.Fails(
                    $"5.2-{Name(opcode)}-of-{length}-in-64-bits",
                    $"A length of {length} in 64 bits: not the shortest form",
                    1002,
                    new ClientFrame(opcode, new byte[length]) { LengthForm = LengthForm.Bits64 });
            }
        }

        (string Id, ulong Length)[] tops =
            [("0", 1UL << 63), ("1", (1UL << 63) + 1), ("65536", (1UL << 63) + 65536), ("all-ones", ulong.MaxValue)];
        foreach ((string id, ulong length) in tops)
        {
            yield return Wire.Fails($"5.2-top-bit-and-{id}", "A 64-bit length whose top bit is set", 1002,
                new ClientFrame(Opcode.Binary, default) { LengthForm = LengthForm.Bits64, DeclaredLength = length });
        }

        yield return Wire.Fails("5.2-continuation-in-longer-form", "A continuation whose length is not in its shortest form", 1002,
            ClientFrame.Text("a", fin: false), ClientFrame.Continuation("b") with { LengthForm = LengthForm.Bits16 });
        yield return Wire.Fails(
            "5.2-ping-in-16-bits",
            "A ping whose length of 5 is in 16 bits",
            1002,
            ClientFrame.Ping("hello") with { LengthForm = LengthForm.Bits16 });
        yield return Wire.Fails(
            "5.2-close-in-64-bits",
            "A close frame whose length of 2 is in 64 bits",
            1002,
            ClientFrame.Close(1000) with { LengthForm = LengthForm.Bits64 });
    }

    private static IEnumerable<ConformanceCase> Unmasked()
    {
        const string code = "Section 5.1 requires the close, and suggests 1002.";
        (string Id, ClientFrame Frame)[] frames =
        [
            ("text", ClientFrame.Text("hello")), ("empty-text", ClientFrame.Text("")), ("binary", ClientFrame.Binary(new byte[300])),
            ("fragment", ClientFrame.Text("a", fin: false)),
            ("ping", ClientFrame.Ping("hello")), ("pong", ClientFrame.Pong(default)), ("close", ClientFrame.Close(1000)),
            ("large-binary", ClientFrame.Binary(new byte[70_000])),
        ];
        foreach ((string id, ClientFrame frame) in frames)
        {
            yield return Wire.Fails($"5.1-unmasked-{id}", $"A frame that is not masked: {id.Replace('-', ' ')}", 1002, frame with
            {
                IsMasked = false,
            }).Choosing(code);
        }

        yield return Wire.Fails("5.1-unmasked-continuation", "A masked fragment and a continuation that is not", 1002,
            ClientFrame.Text("a", fin: false), ClientFrame.Continuation("b") with { IsMasked = false }).Choosing(code);
        yield return new(
            "5.1-unmasked-after-good",
            "A good message, then one that is not masked",
            "The echo of the first; then a close frame with 1002 and the end of TCP.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Text("good"), ClientFrame.Text("bad") with { IsMasked = false });
                await client.ExpectTextAsync("good");
                await client.ExpectFailureAsync(1002);
            })
        {
            Choice = code,
        };
    }

    private static IEnumerable<ConformanceCase> ReservedBits()
    {
        for (int rsv = 1; rsv <= 7; rsv++)
        {
            (string Id, ClientFrame[] Frames)[] shapes =
            [
                ("text", [ClientFrame.Text("hello") with { Rsv = rsv }]),
                ("binary", [ClientFrame.Binary(new byte[200]) with { Rsv = rsv }]),
                ("first-fragment", [ClientFrame.Text("a", fin: false) with { Rsv = rsv }]),
                ("continuation", [ClientFrame.Text("a", fin: false), ClientFrame.Continuation("b") with { Rsv = rsv }]),
                ("ping", [ClientFrame.Ping("hello") with { Rsv = rsv }]),
                ("pong", [ClientFrame.Pong(default) with { Rsv = rsv }]),
                ("close", [ClientFrame.Close(1000) with { Rsv = rsv }]),
            ];
            foreach ((string id, ClientFrame[] frames) in shapes)
            {
                yield return Wire.Fails(
                    $"5.2-rsv-{rsv:b3}-{id}", $"The reserved bits {rsv:b3} on a frame: {id.Replace('-', ' ')}", 1002, frames);
            }
        }

        yield return new(
            "5.2-rsv-after-good",
            "A good message, then one with RSV2, in one write",
            "The echo of the first; then a close frame with 1002.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Text("good"), ClientFrame.Text("bad") with { Rsv = 2 });
                await client.ExpectTextAsync("good");
                await client.ExpectFailureAsync(1002);
            });
    }

    private static IEnumerable<ConformanceCase> ReservedOpcodes()
    {
        foreach (int opcode in (int[])[3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
        {
            yield return Wire.Fails(
                $"5.2-opcode-{opcode}", $"The reserved opcode {opcode} with a payload", 1002, new ClientFrame((Opcode)opcode, new byte[5]));
            yield return Wire.Fails(
                $"5.2-opcode-{opcode}-empty",
                $"The reserved opcode {opcode} without a payload",
                1002,
                new ClientFrame((Opcode)opcode, default));
            yield return Wire.Fails($"5.2-opcode-{opcode}-in-message", $"The reserved opcode {opcode} between two fragments", 1002,
                ClientFrame.Text("a", fin: false), new ClientFrame((Opcode)opcode, default), ClientFrame.Continuation("b"));
        }

        yield return Wire.Fails(
            "5.2-opcode-3-not-final", "The reserved opcode 3 without FIN", 1002, new ClientFrame((Opcode)3, default) { Fin = false });
    }

    private static IEnumerable<ConformanceCase> Keys()
    {
        (string Id, byte[] Key)[] keys =
        [
            ("zero", [0, 0, 0, 0]), ("ones", [0xff, 0xff, 0xff, 0xff]), ("first-byte", [0xff, 0, 0, 0]), ("second-byte", [0, 0xff, 0, 0]),
            ("third-byte", [0, 0, 0xff, 0]),
            ("fourth-byte", [0, 0, 0, 0xff]), ("rising", [1, 2, 3, 4]), ("signs", [0x80, 0x7f, 0x80, 0x7f]),
        ];
        byte[] text = Wire.Text(131);
        byte[] bytes = Wire.Bytes(70_003);
        foreach ((string id, byte[] key) in keys)
        {
            yield return Wire.Echoes(
                $"5.3-key-{id}-text",
                $"A text message with the masking key {Convert.ToHexStringLower(key)}",
                Opcode.Text,
                text,
                ClientFrame.Text(text) with { MaskingKey = key });
            yield return Wire.Echoes(
                $"5.3-key-{id}-binary",
                $"A large binary message with the masking key {Convert.ToHexStringLower(key)}",
                Opcode.Binary,
                bytes,
                ClientFrame.Binary(bytes) with { MaskingKey = key });
        }

        byte[] parts = [.. text, .. text];
        yield return Wire.Echoes("5.3-key-for-each-fragment", "Two fragments with two masking keys", Opcode.Text, parts,
            ClientFrame.Text(text, fin: false) with { MaskingKey = (byte[])[9, 8, 7, 6] },
            ClientFrame.Continuation(text) with { MaskingKey = (byte[])[1, 0, 1, 0] });
        for (int length = 1; length <= 17; length++)
        {
            byte[] payload = Wire.Bytes(length, length);
            yield return Wire.Echoes(
                $"5.3-unmasking-{length}",
                $"A binary message of {Wire.Size(length)}: every remainder of four and of a vector",
                Opcode.Binary,
                payload,
                ClientFrame.Binary(payload));
        }
    }

    private static IEnumerable<ConformanceCase> Chopped()
    {
        byte[] text = Wire.Text(300);
        byte[] wire = ClientFrame.Concat(ClientFrame.Text(text), ClientFrame.Ping("ping"), ClientFrame.Binary(text));
        foreach (int piece in (int[])[1, 2, 3, 4, 5, 7, 8, 13, 16, 31, 64, 127])
        {
            yield return new(
                $"5.2-in-pieces-of-{piece}",
                $"A text message, a ping and a binary message in writes of {Wire.Size(piece)}",
                "Echo, pong and echo, in this order.",
                async context =>
                {
                    WebSocketClient client = await context.OpenAsync();
                    await client.Connection.SendInPiecesAsync(wire, piece);
                    await client.ExpectMessageAsync(Opcode.Text, text);
                    await client.ExpectPongAsync("ping"u8.ToArray());
                    await client.ExpectMessageAsync(Opcode.Binary, text);
                    await client.ExpectOpenAsync();
                });
        }

        foreach (int length in (int[])[0, 5, 126, 65_536])
        {
            byte[] payload = Wire.Bytes(length);
            yield return new(
                $"5.2-header-split-{length}",
                $"The header of a message of {Wire.Size(length)}, cut at every position",
                "The echo each time.",
                async context =>
                {
                    WebSocketClient client = await context.OpenAsync();
                    byte[] bytes = ClientFrame.Binary(payload).ToBytes();
                    for (int position = 1; position <= bytes.Length - length; position++)
                    {
                        if (position == bytes.Length) break;
                        await client.Connection.SendSplitAsync(bytes, position);
                        await client.ExpectMessageAsync(Opcode.Binary, payload);
                    }

                    await client.ExpectOpenAsync();
                });
        }
    }

    private static IEnumerable<ConformanceCase> Together()
    {
        foreach (int count in (int[])[2, 10, 100, 1000])
        {
            yield return new(
                $"5.2-{count}-messages-in-one-write",
                $"{count} messages in one write",
                "Each comes back, in order.",
                async context =>
                {
                    WebSocketClient client = await context.OpenAsync();
                    byte[][] messages = [.. Enumerable.Range(0, count).Select(static i => Wire.Bytes(i % 130, i))];
                    Task sending = client.SendAsync(messages.Select(static message => ClientFrame.Binary(message)));
                    foreach (byte[] message in messages) await client.ExpectMessageAsync(Opcode.Binary, message);
                    await sending;
                    await client.ExpectOpenAsync();
                });
        }

        yield return new(
            "5.2-message-and-a-half",
            "One and a half messages in a write, then the rest",
            "Each comes back.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                byte[] bytes = ClientFrame.Concat(ClientFrame.Text("the first"), ClientFrame.Text("the second"));
                await client.SendAsync(bytes[..^5]);
                await client.ExpectTextAsync("the first");
                await client.SendAsync(bytes[^5..]);
                await client.ExpectTextAsync("the second");
                await client.ExpectOpenAsync();
            });
    }

    private static string Name(Opcode opcode) => opcode == Opcode.Text ? "text" : "binary";
}
