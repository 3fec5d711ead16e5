using WsAot.Protocol;

namespace WsAot.Fuzz.Frames;

/// <summary>Writes events as text, to compare two receivers.</summary>
internal static class EventText
{
    public static string Of(int opcode, ReadOnlySpan<byte> payload)
    {
        string name = opcode switch { 1 => "text", 2 => "binary", 8 => "close", 9 => "ping", 10 => "pong", _ => "?" };
        return $"{name}({payload.Length}) {Convert.ToHexStringLower(payload)}\n";
    }

    public static string OfEnd(ProtocolError error) => error == ProtocolError.None ? "waiting\n" : $"{error}\n";
}
