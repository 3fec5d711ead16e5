using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Cases;

/// <summary>Messages of 64 KiB to 16 MiB, whole, in frames, and in writes of many sizes (RFC 6455 sections 5.2, 5.4 and 6).</summary>
internal static class LargeMessageCases
{
    public static IEnumerable<ConformanceCase> All(SuiteOptions options) => [.. Whole(options), .. InFrames(options), .. InWrites()];

    private static IEnumerable<ConformanceCase> Whole(SuiteOptions options)
    {
        foreach (int size in (int[])[1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 23, 1 << 24])
        {
            foreach (Opcode opcode in (Opcode[])[Opcode.Text, Opcode.Binary])
            {
                string name = opcode.ToString().ToLowerInvariant();
                yield return Large(
                    $"6-{name}-of-{Wire.ShortSize(size)}",
                    $"A {name} message of {Wire.Size(size)} in one frame",
                    opcode,
                    size,
                    static (
                        client, message) => client.SendAsync(ClientFrame.Fragments(message.Opcode, message.Payload, int.MaxValue / 2))) with
                {
                    SkipReason = options.MaxMessageBytes != 0 && size > options.MaxMessageBytes ? "beyond --max-message" : null,
                };
            }
        }
    }

    private static IEnumerable<ConformanceCase> InFrames(SuiteOptions options)
    {
        foreach (int frame in (int[])[64, 256, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20])
        {
            foreach (Opcode opcode in (Opcode[])[Opcode.Text, Opcode.Binary])
            {
                string name = opcode.ToString().ToLowerInvariant();
                yield return Large(
                    $"6-{name}-of-4m-in-frames-of-{Wire.ShortSize(frame)}",
                    $"A {name} message of 4 MiB in frames of {Wire.Size(frame)}",
                    opcode,
                    1 << 22,
                    (client, message) => client.SendAsync(ClientFrame.Fragments(message.Opcode, message.Payload, frame))) with
                {
                    SkipReason = options.MaxMessageBytes != 0 && 1 << 22 > options.MaxMessageBytes ? "beyond --max-message"
                        : options.MaxFragments != 0 && (1 << 22) / frame > options.MaxFragments ? "beyond --max-fragments" : null,
                };
            }
        }
    }

    private static IEnumerable<ConformanceCase> InWrites()
    {
        foreach (int write in (int[])[64, 256, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20])
        {
            foreach (Opcode opcode in (Opcode[])[Opcode.Text, Opcode.Binary])
            {
                string name = opcode.ToString().ToLowerInvariant();
                yield return Large(
                    $"6-{name}-of-1m-in-writes-of-{Wire.ShortSize(write)}",
                    $"A {name} message of 1 MiB in TCP writes of {Wire.Size(write)}",
                    opcode,
                    1 << 20,
                    (client, message) => client.Connection.SendInPiecesAsync(message.ToBytes(), write));
            }
        }
    }

    private static ConformanceCase Large(string id, string name, Opcode opcode, int size, Func<WebSocketClient, ClientFrame, Task> send) =>
        new(id, name, "The message comes back as it was sent; the connection stays open.", async context =>
        {
            WebSocketClient client = await context.OpenAsync();
            byte[] payload = opcode == Opcode.Text ? Wire.Text(size) : Wire.Bytes(size);
            await send(client, new ClientFrame(opcode, payload));
            await client.ExpectMessageAsync(opcode, payload);
            await client.ExpectOpenAsync();
        })
        {
            IsLarge = true,
        };
}
