using System.Text;
using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Cases;

/// <summary>Messages in fragments (RFC 6455 section 5.4).</summary>
internal static class FragmentationCases
{
    public static IEnumerable<ConformanceCase> All() => [.. Whole(), .. Empty(), .. Between(), .. Wrong()];

    private static IEnumerable<ConformanceCase> Whole()
    {
        byte[] text = Wire.Text(1200);
        foreach (int count in (int[])[2, 3, 10, 100, 1000])
        {
            foreach (Opcode opcode in (Opcode[])[Opcode.Text, Opcode.Binary])
            {
                int size = (text.Length + count - 1) / count;
                yield return Wire.Echoes(
                    $"5.4-{Name(opcode)}-in-{count}-fragments",
                    $"A {Name(opcode)} message in about {count} fragments",
                    opcode,
                    text,
                    ClientFrame.Fragments(opcode, text, size));
            }
        }

        byte[] seven = "fragile"u8.ToArray();
        for (int cut = 0; cut <= seven.Length; cut++)
        {
            yield return Wire.Echoes(
                $"5.4-two-fragments-cut-at-{cut}",
                $"Seven bytes in two fragments, the first of {Wire.Size(cut)}",
                Opcode.Text,
                seven,
                    ClientFrame.Text(seven.AsMemory(0, cut), fin: false), ClientFrame.Continuation(seven.AsMemory(cut)));
        }

        yield return new(
            "5.4-fragments-in-separate-writes",
            "Fragments of which each is sent by itself",
            "The message comes back once, when its last fragment has come.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                foreach (ClientFrame frame in ClientFrame.Fragments(Opcode.Text, "one two three four"u8.ToArray(), 4))
                {
                    await client.SendAsync(frame);
                    await client.Connection.PauseAsync();
                }

                await client.ExpectTextAsync("one two three four");
                await client.ExpectOpenAsync();
            });
        yield return new("5.4-fragments-byte-by-byte", "Fragments in writes of one byte", "The message comes back.", static async context =>
        {
            WebSocketClient client = await context.OpenAsync();
            await client.Connection.SendInPiecesAsync(
                ClientFrame.Concat(ClientFrame.Fragments(Opcode.Text, "one two three four"u8.ToArray(), 3)), 1);
            await client.ExpectTextAsync("one two three four");
            await client.ExpectOpenAsync();
        });
        yield return new(
            "5.4-two-fragmented-messages",
            "Two fragmented messages, one of text and one of binary, in one write",
            "Both come back, each of its type.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                byte[] bytes = Wire.Bytes(100);
                await client.SendAsync([.. ClientFrame.Fragments(
                    Opcode.Text, "one two"u8.ToArray(), 2), .. ClientFrame.Fragments(Opcode.Binary, bytes, 7)]);
                await client.ExpectTextAsync("one two");
                await client.ExpectMessageAsync(Opcode.Binary, bytes);
                await client.ExpectOpenAsync();
            });
    }

    private static IEnumerable<ConformanceCase> Empty()
    {
        byte[] abc = "abc"u8.ToArray();
        yield return Wire.Echoes(
            "5.4-all-empty",
            "Three empty fragments",
            Opcode.Text,
            [],
            ClientFrame.Text("", fin: false),
            ClientFrame.Continuation("", fin: false),
            ClientFrame.Continuation(""));
        yield return Wire.Echoes(
            "5.4-all-empty-binary",
            "Two empty fragments of a binary message",
            Opcode.Binary,
            [],
            ClientFrame.Binary(default, fin: false),
            ClientFrame.Continuation(""));
        yield return Wire.Echoes(
            "5.4-empty-first",
            "An empty fragment, then the message",
            Opcode.Text,
            abc,
            ClientFrame.Text("", fin: false),
            ClientFrame.Continuation("abc"));
        yield return Wire.Echoes(
            "5.4-empty-last",
            "The message, then an empty last fragment",
            Opcode.Text,
            abc,
            ClientFrame.Text("abc", fin: false),
            ClientFrame.Continuation(""));
        yield return Wire.Echoes("5.4-empty-between", "An empty fragment in the middle", Opcode.Text, abc,
            ClientFrame.Text("a", fin: false), ClientFrame.Continuation("", fin: false), ClientFrame.Continuation("bc"));
        yield return Wire.Echoes("5.4-many-empty", "1,000 empty fragments around one byte", Opcode.Binary, [7],
            [
                ClientFrame.Binary(default, fin: false),
                .. Enumerable.Repeat(ClientFrame.Continuation("", fin: false), 500),
                ClientFrame.Continuation((byte[])[7], fin: false),
                .. Enumerable.Repeat(ClientFrame.Continuation("", fin: false), 498), ClientFrame.Continuation(""),
            ]);
    }

    private static IEnumerable<ConformanceCase> Between()
    {
        yield return new("5.4-ping-between", "A ping between two fragments", "The pong first, then the message.", static async context =>
        {
            WebSocketClient client = await context.OpenAsync();
            await client.SendAsync(ClientFrame.Text("one ", fin: false), ClientFrame.Ping("between"), ClientFrame.Continuation("two"));
            await client.ExpectPongAsync("between"u8.ToArray());
            await client.ExpectTextAsync("one two");
            await client.ExpectOpenAsync();
        });
        yield return new(
            "5.4-ping-answered-before-the-end",
            "A fragment and a ping; the rest of the message only after the pong",
            "The pong does not wait for the message.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Text("one ", fin: false), ClientFrame.Ping("between"));
                await client.ExpectPongAsync("between"u8.ToArray());
                await client.SendAsync(ClientFrame.Continuation("two"));
                await client.ExpectTextAsync("one two");
                await client.ExpectOpenAsync();
            });
        yield return Wire.Echoes("5.4-pong-between", "A pong between two fragments", Opcode.Text, "one two"u8.ToArray(),
            ClientFrame.Text("one ", fin: false), ClientFrame.Pong("unasked"u8.ToArray()), ClientFrame.Continuation("two"));
        yield return new(
            "5.4-ping-between-each",
            "A ping of another payload after each of 50 fragments",
            "50 pongs in order, then the message.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                List<ClientFrame> frames = [];
                byte[] message = Wire.Bytes(150);
                ClientFrame[] fragments = [.. ClientFrame.Fragments(Opcode.Binary, message, 3)];
                for (int i = 0; i < fragments.Length; i++)
                {
                    frames.AddRange(i + 1 < fragments.Length ? [fragments[i], ClientFrame.Ping($"ping {i}")] : [fragments[i]]);
                }

                await client.SendAsync(frames);
                for (int i = 0; i + 1 < fragments.Length; i++) await client.ExpectPongAsync(Encoding.ASCII.GetBytes($"ping {i}"));
                await client.ExpectMessageAsync(Opcode.Binary, message);
                await client.ExpectOpenAsync();
            });
        yield return new(
            "5.4-close-between",
            "A close frame between two fragments",
            "A close frame with 1000, then the end of TCP; no message.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Text("one ", fin: false), ClientFrame.Close(1000), ClientFrame.Continuation("two"));
                await client.ExpectClosedAsync(1000);
            });
        yield return new(
            "5.4-ping-of-125-between",
            "A ping of 125 bytes within a fragmented message, byte by byte",
            "The pong, then the message.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                byte[] payload = Wire.Bytes(125);
                await client.Connection.SendInPiecesAsync(
                    ClientFrame.Concat(ClientFrame.Text("one ", fin: false), ClientFrame.Ping(payload), ClientFrame.Continuation("two")),
                    1);
                await client.ExpectPongAsync(payload);
                await client.ExpectTextAsync("one two");
                await client.ExpectOpenAsync();
            });
    }

    private static IEnumerable<ConformanceCase> Wrong()
    {
        yield return Wire.Fails("5.4-continuation-first", "A continuation frame without a message", 1002, ClientFrame.Continuation("a"));
        yield return Wire.Fails(
            "5.4-continuation-first-empty", "An empty continuation frame without a message", 1002, ClientFrame.Continuation(""));
        yield return Wire.Fails(
            "5.4-continuation-first-not-final",
            "A continuation frame without FIN and without a message",
            1002,
            ClientFrame.Continuation("a", fin: false));
        yield return Wire.Fails(
            "5.4-continuation-after-ping",
            "A continuation frame after a ping",
            1002,
            ClientFrame.Ping("") with { Opcode = Opcode.Pong },
            ClientFrame.Continuation("a"));
        foreach (bool isText in (bool[])[true, false])
        {
            string kind = isText ? "text" : "binary";
            ClientFrame whole = isText ? ClientFrame.Text("a") : ClientFrame.Binary(new byte[3]);
            yield return new(
                $"5.4-continuation-after-whole-{kind}",
                $"A whole {kind} message, then a continuation frame",
                "The echo; then a close frame with 1002.",
                async context =>
                {
                    WebSocketClient client = await context.OpenAsync();
                    await client.SendAsync(whole, ClientFrame.Continuation("b"));
                    await client.ExpectMessageAsync(whole.Opcode, whole.Payload);
                    await client.ExpectFailureAsync(1002);
                });
            yield return new(
                $"5.4-continuation-after-end-of-{kind}",
                $"A {kind} message in two fragments, then a third one",
                "The echo; then a close frame with 1002.",
                async context =>
                {
                    WebSocketClient client = await context.OpenAsync();
                    await client.SendAsync(
                        whole with { Fin = false }, ClientFrame.Continuation(whole.Payload), ClientFrame.Continuation("b"));
                    await client.ExpectMessageAsync(whole.Opcode, (byte[])[.. whole.Payload.Span, .. whole.Payload.Span]);
                    await client.ExpectFailureAsync(1002);
                });
            foreach (bool isNextText in (bool[])[true, false])
            {
                string next = isNextText ? "text" : "binary";
                ClientFrame inner = isNextText ? ClientFrame.Text("b") : ClientFrame.Binary(new byte[3]);
                yield return Wire.Fails(
                    $"5.4-{next}-within-{kind}",
                    $"A whole {next} message within a fragmented {kind} message",
                    1002,
                    whole with { Fin = false },
                    inner);
                yield return Wire.Fails(
                    $"5.4-{next}-fragment-within-{kind}",
                    $"The first fragment of a {next} message within a fragmented {kind} message",
                    1002,
                        whole with { Fin = false }, inner with { Fin = false });
            }
        }

        yield return Wire.Fails("5.4-text-after-two-fragments", "Two fragments, then a new message instead of the third", 1002,
            ClientFrame.Text("a", fin: false), ClientFrame.Continuation("b", fin: false), ClientFrame.Text("c"));
        yield return Wire.Fails("5.4-text-after-fragment-and-ping", "A fragment, a pong, then a new message", 1002,
            ClientFrame.Text("a", fin: false), ClientFrame.Pong(default), ClientFrame.Text("c"));
        yield return Wire.Fails(
            "5.4-empty-fragment-then-text",
            "An empty first fragment, then a new message",
            1002,
            ClientFrame.Text("", fin: false),
            ClientFrame.Text("c"));
    }

    private static string Name(Opcode opcode) => opcode == Opcode.Text ? "text" : "binary";
}
