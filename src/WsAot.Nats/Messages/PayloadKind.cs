using System.Text.Unicode;
using WsAot.Protocol.Frames;

namespace WsAot.Nats.Messages;

/// <summary>Whether what came from NATS is a text or a binary message.</summary>
internal static class PayloadKind
{
    // Clients end a connection on which a text message is no UTF-8 (RFC 6455 section 8.1), and anybody may publish.
    public static Opcode Of(in MessageHeaders headers, ReadOnlySpan<byte> payload) =>
        !headers.IsBinary && Utf8.IsValid(payload) ? Opcode.Text : Opcode.Binary;
}
