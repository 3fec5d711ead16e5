using System.Text.Unicode;
using WsAot.Protocol.Frames;

namespace WsAot.Nats.Messages;

/// <summary>Decides whether a message from NATS is text or binary.</summary>
internal static class PayloadKind
{
    // Clients close the connection if a text message is not UTF-8 (RFC 6455 section 8.1), and any NATS client may publish.
    public static Opcode Of(in MessageHeaders headers, ReadOnlySpan<byte> payload) =>
        !headers.IsBinary && Utf8.IsValid(payload) ? Opcode.Text : Opcode.Binary;
}
