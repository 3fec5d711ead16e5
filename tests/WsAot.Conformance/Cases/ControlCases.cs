using System.Text;
using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Cases;

/// <summary>Ping, pong and what all control frames share (RFC 6455 section 5.5; close is in <see cref="ClosingCases"/>).</summary>
internal static class ControlCases
{
    private const string AllAnswered =
        "Section 5.5.3 lets an endpoint answer only the latest of several pings. If the peer reads, each is answered, in order; "
        + "only behind pending output may the server merge pongs.";

    public static IEnumerable<ConformanceCase> All() => [.. Pings(), .. Pongs(), .. Wrong()];

    private static IEnumerable<ConformanceCase> Pings()
    {
        foreach (int length in (int[])[0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 124, 125])
        {
            byte[] payload = Wire.Bytes(length, length);
            yield return new($"5.5.2-ping-of-{length}", $"A ping of {Wire.Size(length)}", "A pong with the same payload.", async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Ping(payload));
                await client.ExpectPongAsync(payload);
                await client.ExpectOpenAsync();
            });
        }

        yield return new(
            "5.5.2-ping-not-utf8",
            "A ping whose payload is not UTF-8",
            "A pong with the same payload: it is data, not text.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                byte[] payload = [0xff, 0xfe, 0x00, 0xc0, 0x80];
                await client.SendAsync(ClientFrame.Ping(payload));
                await client.ExpectPongAsync(payload);
                await client.ExpectOpenAsync();
            });
        foreach (int count in (int[])[2, 10, 100])
        {
            yield return new(
                $"5.5.3-{count}-pings-in-one-write",
                $"{count} pings in one write",
                "A pong for each, in order.",
                context => PingManyAsync(context, count))
            {
                Choice = AllAnswered,
            };
        }

        yield return new(
            "5.5.2-ten-pings-one-by-one",
            "Ten pings, each after the pong to the last",
            "A pong for each.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                for (int i = 0; i < 10; i++)
                {
                    byte[] payload = Encoding.ASCII.GetBytes($"ping {i}");
                    await client.SendAsync(ClientFrame.Ping(payload));
                    await client.ExpectPongAsync(payload);
                }

                await client.ExpectOpenAsync();
            });
        yield return new("5.5.2-ping-byte-by-byte", "A ping in writes of one byte", "A pong.", static async context =>
        {
            WebSocketClient client = await context.OpenAsync();
            byte[] payload = Wire.Bytes(125);
            await client.Connection.SendInPiecesAsync(ClientFrame.Ping(payload).ToBytes(), 1);
            await client.ExpectPongAsync(payload);
            await client.ExpectOpenAsync();
        });
        yield return new(
            "5.5.2-pings-among-messages",
            "Messages and pings by turns, in one write",
            "Echoes and pongs by turns.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                List<ClientFrame> frames = [];
                for (int i = 0; i < 20; i++) frames.AddRange([ClientFrame.Text($"text {i}"), ClientFrame.Ping($"ping {i}")]);
                await client.SendAsync(frames);
                for (int i = 0; i < 20; i++)
                {
                    await client.ExpectTextAsync($"text {i}");
                    await client.ExpectPongAsync(Encoding.ASCII.GetBytes($"ping {i}"));
                }

                await client.ExpectOpenAsync();
            })
        {
            Choice = AllAnswered,
        };
    }

    private static async Task PingManyAsync(CaseContext context, int count)
    {
        WebSocketClient client = await context.OpenAsync();
        await client.SendAsync(Enumerable.Range(0, count).Select(static i => ClientFrame.Ping($"ping {i}")));
        for (int i = 0; i < count; i++) await client.ExpectPongAsync(Encoding.ASCII.GetBytes($"ping {i}"));
        await client.ExpectOpenAsync();
    }

    private static IEnumerable<ConformanceCase> Pongs()
    {
        foreach (int length in (int[])[0, 5, 125])
        {
            yield return new(
                $"5.5.3-unasked-pong-of-{length}",
                $"An unsolicited pong of {Wire.Size(length)}",
                "Nothing: the connection stays open.",
                async context =>
                {
                    WebSocketClient client = await context.OpenAsync();
                    await client.SendAsync(ClientFrame.Pong(Wire.Bytes(length)));
                    await client.ExpectOpenAsync();
                });
        }

        yield return new(
            "5.5.3-unasked-pongs-and-a-ping",
            "Ten pongs and a ping",
            "One pong, with the ping's payload.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync([.. Enumerable.Repeat(ClientFrame.Pong("unasked"u8.ToArray()), 10), ClientFrame.Ping("asked")]);
                await client.ExpectPongAsync("asked"u8.ToArray());
                await client.ExpectOpenAsync();
            });
    }

    private static IEnumerable<ConformanceCase> Wrong()
    {
        foreach (Opcode opcode in (Opcode[])[Opcode.Ping, Opcode.Pong, Opcode.Close])
        {
            string name = opcode.ToString();
            string id = name.ToLowerInvariant();
            byte[] start = opcode == Opcode.Close ? [0x03, 0xe8] : [];
            foreach (int length in (int[])[126, 127, 1000, 65_535, 65_536])
            {
                yield return Wire.Fails($"5.5-{id}-of-{length}", $"{name} with {Wire.Size(length)}", 1002,
                    new ClientFrame(opcode, (byte[])[.. start, .. new byte[length - start.Length]]));
            }

            yield return Wire.Fails($"5.5-{id}-of-126-header-only", $"The first two bytes of {name} with 126 bytes", 1002, () =>
                new ClientFrame(opcode, new byte[126]).ToBytes()[..2])
                .Choosing("Section 5.5: its second byte already makes it invalid, so the server must not wait for more.");
            yield return Wire.Fails($"5.5-{id}-not-final", $"{name} without FIN", 1002, new ClientFrame(opcode, start) { Fin = false });
            yield return Wire.Fails(
                $"5.5-{id}-in-fragments",
                $"{name} without FIN and a continuation",
                1002,
                new ClientFrame(opcode, start) { Fin = false },
                ClientFrame.Continuation("a"));
            yield return Wire.Fails($"5.5-{id}-not-final-in-message", $"{name} without FIN between two fragments", 1002,
                ClientFrame.Text("a", fin: false), new ClientFrame(opcode, start) { Fin = false }, ClientFrame.Continuation("b"));
        }
    }
}
