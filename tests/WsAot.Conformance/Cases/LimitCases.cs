using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Cases;

/// <summary>Messages that exceed a server's limits (RFC 6455 section 10.4).</summary>
internal static class LimitCases
{
    private const string AtOnce =
        "Section 7.4.1 does not say when to send 1009. The header shows that the message is too big, so the server must not wait for it.";

    public static IEnumerable<ConformanceCase> All(SuiteOptions options)
    {
        string? noMessageLimit = options.MaxMessageBytes == 0 ? "--max-message 0" : null;
        foreach (ConformanceCase one in Messages(options.MaxMessageBytes)) yield return one with { SkipReason = noMessageLimit };
        string? noFragmentLimit = options.MaxFragments == 0 ? "--max-fragments 0" : null;
        foreach (ConformanceCase one in Fragments(options.MaxFragments)) yield return one with { SkipReason = noFragmentLimit };
    }

    private static IEnumerable<ConformanceCase> Messages(long limit)
    {
        (string Id, string Words, ulong Length)[] lengths =
        [
            ("limit-and-1", "the limit and one byte", (ulong)limit + 1), ("twice-the-limit", "twice the limit", (ulong)limit * 2),
            ("2g", "2 GiB", 1UL << 31), ("4g-less-1", "4 GiB less one byte", uint.MaxValue),
            ("4g", "4 GiB", 1UL << 32), ("4g-and-5", "4 GiB and five bytes", (1UL << 32) + 5), ("2e53", "2^53 bytes", 1UL << 53),
            ("2e63-less-1", "2^63 - 1 bytes", long.MaxValue),
        ];
        foreach ((string id, string words, ulong length) in lengths)
        {
            foreach (Opcode opcode in (Opcode[])[Opcode.Text, Opcode.Binary])
            {
                byte[] header = (new ClientFrame(opcode, default) { DeclaredLength = length }).Header();
                string name = opcode.ToString().ToLowerInvariant();
                yield return Wire.Fails($"10.4-{name}-of-{id}", $"The header of a {name} frame of {words}", 1009, () => header).Choosing(
                    AtOnce);
            }
        }

        yield return Wire.Fails(
            "10.4-limit-passed-by-fragments",
            "A fragment of 1,000 bytes and the header of another that reaches the limit with it and passes it",
            1009,
            () =>
            [
                .. ClientFrame.Binary(new byte[1000], fin: false).ToBytes(),
                .. (ClientFrame.Continuation("") with { DeclaredLength = (ulong)limit - 999 }).Header(),
            ]).Choosing(AtOnce);
        yield return Wire.Fails("10.4-limit-passed-by-first-fragment", "The header of a first fragment beyond the limit", 1009,
            () => (ClientFrame.Text("", fin: false) with { DeclaredLength = (ulong)limit + 1 }).Header()).Choosing(AtOnce);
        yield return Wire.Fails(
            "10.4-limit-passed-by-huge-continuation",
            "A fragment, and the header of another of 2^63 - 1 bytes: the sum must not overflow",
            1009,
            () =>
            [
                .. ClientFrame.Binary(new byte[1000], fin: false).ToBytes(),
                .. (ClientFrame.Continuation("") with { DeclaredLength = long.MaxValue }).Header(),
            ]).Choosing(AtOnce);
        yield return new("10.4-message-of-the-limit", $"A binary message of exactly {Wire.Size(limit)}", "It comes back.", async context =>
        {
            WebSocketClient client = await context.OpenAsync();
            byte[] message = Wire.Bytes((int)limit);
            await client.SendAsync(ClientFrame.Binary(message));
            await client.ExpectMessageAsync(Opcode.Binary, message);
            await client.ExpectOpenAsync();
        })
        {
            IsLarge = true,
        };
        yield return new(
            "10.4-limit-is-per-message",
            "Three messages that together pass 65,536 bytes many times",
            "Each comes back.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                for (int i = 0; i < 3; i++)
                {
                    byte[] message = Wire.Bytes(300_000, i);
                    await client.SendAsync(ClientFrame.Fragments(Opcode.Binary, message, 10_000));
                    await client.ExpectMessageAsync(Opcode.Binary, message);
                }

                await client.ExpectOpenAsync();
            });
    }

    private static IEnumerable<ConformanceCase> Fragments(int limit)
    {
        const string pieces =
            "No RFC sets a limit. Fragments cost more than their bytes, even empty ones, so they are counted; "
            + "1008 is the code for a breach of the endpoint's policy (section 7.4.1).";
        foreach (int size in (int[])[0, 1])
        {
            string words = size == 0 ? "empty" : "of one byte";
            string id = size == 0 ? "empty" : "of-1";
            yield return new(
                $"10.4-fragments-{id}-of-the-limit",
                $"A message in exactly {limit} fragments, {words}",
                "It comes back.",
                async context =>
                {
                    WebSocketClient client = await context.OpenAsync();
                    await client.SendAsync(Repeat(limit, size, fin: true));
                    await client.ExpectMessageAsync(Opcode.Binary, new byte[limit * size]);
                    await client.ExpectOpenAsync();
                })
            {
                IsLarge = true,
                Choice = pieces,
            };
            yield return new(
                $"10.4-fragments-{id}-beyond-the-limit",
                $"{limit + 1} fragments, {words}, without an end",
                "A close frame with 1008.",
                async context =>
                {
                    WebSocketClient client = await context.OpenAsync();
                    await client.SendAsync(Repeat(limit + 1, size, fin: false));
                    await client.ExpectFailureAsync(1008);
                })
            {
                IsLarge = true,
                Choice = pieces,
            };
        }
    }

    private static byte[] Repeat(int count, int size, bool fin)
    {
        byte[] first = ClientFrame.Binary(new byte[size], fin: false).ToBytes();
        byte[] next = ClientFrame.Continuation(new byte[size], fin: false).ToBytes();
        byte[] all = new byte[first.Length * count];
        first.CopyTo(all, 0);
        for (int i = 1; i < count; i++) next.CopyTo(all, i * next.Length);
        if (fin) all[^next.Length] |= 0x80;
        return all;
    }
}
