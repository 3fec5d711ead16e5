using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Cases;

/// <summary>The shapes that most cases about compression have.</summary>
internal static class DeflateWire
{
    public const int Rsv1 = 4;

    /// <summary>An offer without parameters.</summary>
    public const string Plain = "permessage-deflate";

    /// <summary>A frame of compressed data.</summary>
    public static ClientFrame Compressed(Opcode opcode, ReadOnlyMemory<byte> data, bool fin = true) =>
        new(opcode, data) { Rsv = Rsv1, Fin = fin };

    /// <summary>Compressed data in frames of at most this many bytes: RSV1 is set on the first alone (RFC 7692 section 6.1).</summary>
    public static IEnumerable<ClientFrame> Fragmented(Opcode opcode, ReadOnlyMemory<byte> data, int frameBytes) =>
        ClientFrame.Fragments(opcode, data, frameBytes).Select(static (frame, i) => i == 0 ? frame with { Rsv = Rsv1 } : frame);

    /// <summary>A case in which the frames come back as one message.</summary>
    public static ConformanceCase Echoes(string id, string name, Opcode opcode, byte[] payload, params IEnumerable<ClientFrame> frames) =>
        new(id, name, "The message comes back, compressed or not; the connection stays open.", async context =>
        {
            WebSocketClient client = await OpenAsync(context, Plain);
            await client.SendAsync(frames);
            await client.ExpectMessageAsync(opcode, payload);
            await client.ExpectOpenAsync();
        });

    /// <summary>A case in which the frames fail the connection.</summary>
    public static ConformanceCase Fails(string id, string name, int code, params IEnumerable<ClientFrame> frames) =>
        new(id, name, $"A close frame with {code}, then the end of TCP.", async context =>
        {
            WebSocketClient client = await OpenAsync(context, Plain);
            await client.SendAsync(frames);
            await client.ExpectFailureAsync(code);
        });

    /// <summary>A connection on which this offer was accepted.</summary>
    public static async Task<WebSocketClient> OpenAsync(CaseContext context, string offer)
    {
        WebSocketClient client = await context.OpenAsync(offer);
        return client.Agreement is not null ? client : throw new CaseFailedException($"The offer \"{offer}\" was not accepted.");
    }
}
