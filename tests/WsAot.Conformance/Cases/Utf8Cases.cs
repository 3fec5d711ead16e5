using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;
using WsAot.TestKit.Text;

namespace WsAot.Conformance.Cases;

/// <summary>Text must be UTF-8 (RFC 6455 sections 5.6 and 8.1, RFC 3629).</summary>
internal static class Utf8Cases
{
    private const string FailFast =
        "Section 8.1 does not say when to detect that text is not UTF-8. We expect it at the first byte that cannot be "
        + "valid: text that cannot become valid must not take memory.";

    private static readonly byte[] s_before = "a\u00e9"u8.ToArray();
    private static readonly byte[] s_after = "\u4f60z"u8.ToArray();

    // Each class of RFC 3629 section 4, at its borders.
    private static readonly (string Id, string Words, byte[] Bytes)[] s_valid =
    [
        ("nul", "U+0000", [0x00]),
        ("7f", "U+007F, the last of one byte", [0x7f]),
        ("80", "U+0080, the first of two bytes", [0xc2, 0x80]),
        ("7ff", "U+07FF, the last of two bytes", [0xdf, 0xbf]),
        ("800", "U+0800, the first of three bytes", [0xe0, 0xa0, 0x80]),
        ("fff", "U+0FFF", [0xe0, 0xbf, 0xbf]),
        ("1000", "U+1000", [0xe1, 0x80, 0x80]),
        ("cfff", "U+CFFF", [0xec, 0xbf, 0xbf]),
        ("d000", "U+D000", [0xed, 0x80, 0x80]),
        ("d7ff", "U+D7FF, the last before the surrogates", [0xed, 0x9f, 0xbf]),
        ("e000", "U+E000, the first after the surrogates", [0xee, 0x80, 0x80]),
        ("bom", "U+FEFF, the byte order mark, which is kept", [0xef, 0xbb, 0xbf]),
        ("fffd", "U+FFFD, the replacement character", [0xef, 0xbf, 0xbd]),
        ("fdd0", "U+FDD0, a noncharacter", [0xef, 0xb7, 0x90]),
        ("fffe", "U+FFFE, a noncharacter", [0xef, 0xbf, 0xbe]),
        ("ffff", "U+FFFF, a noncharacter, the last of three bytes", [0xef, 0xbf, 0xbf]),
        ("10000", "U+10000, the first of four bytes", [0xf0, 0x90, 0x80, 0x80]),
        ("1ffff", "U+1FFFF, a noncharacter", [0xf0, 0x9f, 0xbf, 0xbf]),
        ("3ffff", "U+3FFFF", [0xf0, 0xbf, 0xbf, 0xbf]),
        ("40000", "U+40000", [0xf1, 0x80, 0x80, 0x80]),
        ("fffff", "U+FFFFF", [0xf3, 0xbf, 0xbf, 0xbf]),
        ("100000", "U+100000", [0xf4, 0x80, 0x80, 0x80]),
        ("10ffff", "U+10FFFF, the last of all", [0xf4, 0x8f, 0xbf, 0xbf]),
    ];

    private static readonly (string Id, string Words, byte[] Bytes)[] s_invalid =
    [
        ("lone-80", "a continuation byte alone", [0x80]),
        ("lone-bf", "a continuation byte alone", [0xbf]),
        ("two-continuations", "two continuation bytes", [0x80, 0xbf]),
        ("surplus-continuation-2", "one continuation byte too many after two bytes", [0xc3, 0xa9, 0x80]),
        ("surplus-continuation-3", "one continuation byte too many after three bytes", [0xe4, 0xbd, 0xa0, 0x80]),
        ("surplus-continuation-4", "one continuation byte too many after four bytes", [0xf0, 0x9f, 0x8c, 0x8d, 0x80]),
        ("overlong-2-nul", "NUL in two bytes", [0xc0, 0x80]),
        ("overlong-2-slash", "a slash in two bytes", [0xc0, 0xaf]),
        ("overlong-2-last", "U+007F in two bytes", [0xc1, 0xbf]),
        ("overlong-3-nul", "NUL in three bytes", [0xe0, 0x80, 0x80]),
        ("overlong-3-slash", "a slash in three bytes", [0xe0, 0x80, 0xaf]),
        ("overlong-3-last", "U+07FF in three bytes", [0xe0, 0x9f, 0xbf]),
        ("overlong-4-nul", "NUL in four bytes", [0xf0, 0x80, 0x80, 0x80]),
        ("overlong-4-slash", "a slash in four bytes", [0xf0, 0x80, 0x80, 0xaf]),
        ("overlong-4-last", "U+FFFF in four bytes", [0xf0, 0x8f, 0xbf, 0xbf]),
        ("five-bytes", "a form of five bytes", [0xf8, 0x88, 0x80, 0x80, 0x80]),
        ("six-bytes", "a form of six bytes", [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80]),
        ("d800", "U+D800, the first high surrogate", [0xed, 0xa0, 0x80]),
        ("dbff", "U+DBFF, the last high surrogate", [0xed, 0xaf, 0xbf]),
        ("dc00", "U+DC00, the first low surrogate", [0xed, 0xb0, 0x80]),
        ("dfff", "U+DFFF, the last low surrogate", [0xed, 0xbf, 0xbf]),
        ("surrogate-pair", "a surrogate pair in six bytes", [0xed, 0xa0, 0xbc, 0xed, 0xbc, 0x8d]),
        ("110000", "U+110000, one too many", [0xf4, 0x90, 0x80, 0x80]),
        ("13ffff", "U+13FFFF", [0xf4, 0xbf, 0xbf, 0xbf]),
        ("f5", "the byte F5", [0xf5, 0x80, 0x80, 0x80]),
        ("f7", "the byte F7", [0xf7, 0xbf, 0xbf, 0xbf]),
        ("fe", "the byte FE", [0xfe]),
        ("ff", "the byte FF", [0xff]),
        ("utf16-mark", "the byte order mark of UTF-16", [0xfe, 0xff]),
        ("latin1", "an é in Latin-1", [0xe9, 0x74, 0xe9]),
        ("start-then-ascii-2", "two bytes of which the second is ASCII", [0xc3, 0x28]),
        ("start-then-ascii-3", "three bytes of which the second is ASCII", [0xe4, 0x28, 0xa0]),
        ("third-is-ascii-3", "three bytes of which the third is ASCII", [0xe4, 0xbd, 0x28]),
        ("start-then-ascii-4", "four bytes of which the second is ASCII", [0xf0, 0x28, 0x8c, 0x8d]),
        ("third-is-ascii-4", "four bytes of which the third is ASCII", [0xf0, 0x9f, 0x28, 0x8d]),
        ("fourth-is-ascii-4", "four bytes of which the fourth is ASCII", [0xf0, 0x9f, 0x8c, 0x28]),
        ("start-then-start", "a first byte after a first byte", [0xc3, 0xc3, 0xa9]),
    ];

    // Invalid only because the message ends there.
    private static readonly (string Id, string Words, byte[] Bytes)[] s_truncated =
    [
        ("truncated-1-of-2", "one byte of two", [0xc3]),
        ("truncated-1-of-3", "one byte of three", [0xe4]),
        ("truncated-2-of-3", "two bytes of three", [0xe4, 0xbd]),
        ("truncated-1-of-4", "one byte of four", [0xf0]),
        ("truncated-2-of-4", "two bytes of four", [0xf0, 0x9f]),
        ("truncated-3-of-4", "three bytes of four", [0xf0, 0x9f, 0x8c]),
    ];

    public static IEnumerable<ConformanceCase> All() => [.. Valid(), .. Invalid(), .. Truncated(), .. Others()];

    private static IEnumerable<ConformanceCase> Valid()
    {
        foreach ((string id, string words, byte[] bytes) in s_valid)
        {
            yield return Wire.Echoes($"8.1-valid-{id}", $"Text that is {words}", Opcode.Text, bytes, ClientFrame.Text(bytes));
            byte[] text = [.. s_before, .. bytes, .. s_after];
            yield return Wire.Echoes($"8.1-valid-{id}-within", $"{words} within text", Opcode.Text, text, ClientFrame.Text(text));
            for (int cut = 1; cut < bytes.Length; cut++)
            {
                int position = s_before.Length + cut;
                yield return Wire.Echoes(
                    $"8.1-valid-{id}-cut-{cut}",
                    $"{words}, cut after byte {cut} by a fragment's end",
                    Opcode.Text,
                    text,
                        ClientFrame.Text(text.AsMemory(0, position), fin: false), ClientFrame.Continuation(text.AsMemory(position)));
            }

            if (bytes.Length > 1)
            {
                yield return Wire.Echoes(
                    $"8.1-valid-{id}-fragments-of-1",
                    $"{words} in fragments of one byte",
                    Opcode.Text,
                    text,
                    ClientFrame.Fragments(Opcode.Text, text, 1));
                yield return new(
                    $"8.1-valid-{id}-writes-of-1",
                    $"{words} in writes of one byte",
                    "The message comes back as it was sent.",
                    async context =>
                    {
                        WebSocketClient client = await context.OpenAsync();
                        await client.Connection.SendInPiecesAsync(ClientFrame.Text(text).ToBytes(), 1);
                        await client.ExpectMessageAsync(Opcode.Text, text);
                        await client.ExpectOpenAsync();
                    });
            }
        }
    }

    private static IEnumerable<ConformanceCase> Invalid()
    {
        foreach ((string id, string words, byte[] bytes) in s_invalid)
        {
            byte[] text = [.. s_before, .. bytes, .. s_after];
            yield return Wire.Fails($"8.1-{id}", $"Text with {words}", 1007, ClientFrame.Text(text));
            for (int cut = 1; cut < bytes.Length; cut++)
            {
                int position = s_before.Length + cut;
                yield return Wire.Fails($"8.1-{id}-cut-{cut}", $"{words}, cut after byte {cut} by a fragment's end", 1007,
                    ClientFrame.Text(text.AsMemory(0, position), fin: false), ClientFrame.Continuation(text.AsMemory(position)));
            }

            int impossible = NaiveUtf8.FindImpossible(text);
            byte[] head = text[..(impossible + 1)];
            yield return Wire.Fails(
                $"8.1-{id}-in-first-fragment",
                $"{words} at the end of a first fragment; no other comes",
                1007,
                ClientFrame.Text(head, fin: false)).Choosing(FailFast);
            yield return Wire.Fails($"8.1-{id}-in-half-a-frame", $"A frame up to {words}; its rest does not come", 1007,
                ClientFrame.Text(head) with { DeclaredLength = (ulong)head.Length + 100 }).Choosing(FailFast);
        }
    }

    private static IEnumerable<ConformanceCase> Truncated()
    {
        foreach ((string id, string words, byte[] bytes) in s_truncated)
        {
            byte[] text = [.. s_before, .. bytes];
            yield return Wire.Fails($"8.1-{id}", $"Text that ends in {words}", 1007, ClientFrame.Text(text));
            yield return Wire.Fails(
                $"8.1-{id}-in-last-fragment",
                $"A last fragment that ends in {words}",
                1007,
                ClientFrame.Text("a", fin: false),
                ClientFrame.Continuation(bytes));
            yield return Wire.Fails(
                $"8.1-{id}-then-empty-fragment",
                $"A fragment that ends in {words}, then an empty last one",
                1007,
                ClientFrame.Text(text, fin: false),
                ClientFrame.Continuation(""));
            yield return Wire.Fails($"8.1-{id}-then-next-fragment-ascii", $"A fragment that ends in {words}, then ASCII", 1007,
                ClientFrame.Text(text, fin: false), ClientFrame.Continuation("z", fin: false)).Choosing(FailFast);
        }
    }

    private static IEnumerable<ConformanceCase> Others()
    {
        byte[] bytes = [0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80];
        yield return Wire.Echoes(
            "5.6-binary-is-not-text", "Binary data that is not UTF-8", Opcode.Binary, bytes, ClientFrame.Binary(bytes));
        yield return Wire.Echoes(
            "5.6-binary-fragments-are-not-text",
            "Binary data that is not UTF-8, in fragments",
            Opcode.Binary,
            bytes,
            ClientFrame.Fragments(Opcode.Binary, bytes, 1));
        byte[] all = System.Text.Encoding.UTF8.GetBytes("κόσμε κ\u0301 \u202e\u2028 \U0001f469\u200d\U0001f4bb");
        yield return Wire.Echoes(
            "8.1-valid-mixed", "Letters with marks, a line separator, a joined emoji", Opcode.Text, all, ClientFrame.Text(all));
        yield return Wire.Echoes(
            "8.1-valid-mixed-fragments-of-1",
            "The same in fragments of one byte",
            Opcode.Text,
            all,
            ClientFrame.Fragments(Opcode.Text, all, 1));
        foreach (int position in (int[])[0, 15, 16, 31, 32, 63, 64, 125, 4095, 65_535, 100_000])
        {
            byte[] text = new byte[100_001];
            text.AsSpan().Fill((byte)'a');
            text[position] = 0xff;
            yield return Wire.Fails(
                $"8.1-ff-at-{position}", $"100,001 bytes of text whose byte {position} is FF", 1007, ClientFrame.Text(text));
        }

        yield return new(
            "8.1-good-then-bad",
            "A good text, then one that is not UTF-8, in one write",
            "The echo of the first; then a close frame with 1007.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Text("good"), ClientFrame.Text((byte[])[0xff]));
                await client.ExpectTextAsync("good");
                await client.ExpectFailureAsync(1007);
            });
        yield return new(
            "8.1-state-is-reset",
            "Ten texts that each end in a character of four bytes",
            "Each comes back: one message's end is not the next one's beginning.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                for (int i = 0; i < 10; i++)
                {
                    await client.SendAsync(ClientFrame.Fragments(Opcode.Text, "x\U0001f30d"u8.ToArray(), 2));
                    await client.ExpectTextAsync("x\U0001f30d");
                }
            });
    }
}
