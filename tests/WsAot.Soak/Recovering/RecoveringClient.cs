using System.Buffers.Binary;
using System.Buffers.Text;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Recovering;

/// <summary>A client that reconnects, and checks that it gets each message once, in order.</summary>
internal sealed class RecoveringClient(ClientSocket socket)
{
    private byte[] _rest = [];

    public ClientSocket Socket { get; } = socket;

    /// <summary>The number of the last message that came.</summary>
    public long LastOffset { get; private set; }

    /// <summary>The server's <c>recovered</c>; null before its answer.</summary>
    public bool? IsRecovered { get; private set; }

    /// <summary>The number of presence changes that came.</summary>
    public int Changes { get; private set; }

    /// <summary>The first wrong message; null: none.</summary>
    public string? Fault { get; private set; }

    // The text after the topic's name.
    private static ReadOnlySpan<byte> OffsetMember => "\",\"offset\":"u8;

    private static ReadOnlySpan<byte> BeforeMember => ",\"before\":"u8;

    /// <summary>Reads the next bytes of the connection.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_rest.Length > 0) bytes = (byte[])[.. _rest, .. bytes];
        while (TryReadFrame(bytes, out ReadOnlySpan<byte> payload, out int length))
        {
            Take(payload);
            bytes = bytes[length..];
        }

        _rest = bytes.ToArray();
    }

    private static bool TryReadFrame(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload, out int length)
    {
        payload = default;
        length = 0;
        if (bytes.Length < 2) return false;
        int header = bytes[1] switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header) return false;
        int payloadBytes = header switch
        {
            2 => bytes[1],
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
        };
        length = header + payloadBytes;
        if (bytes.Length < length) return false;
        payload = bytes[header..length];
        return true;
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        int at = message.LastIndexOf(OffsetMember);
        if (at >= 0 && message.IndexOf(BeforeMember) > at) TakeMessage(message, at + OffsetMember.Length);
        else if (message.IndexOf("\"recovered\":"u8) is >= 0 and int answer) IsRecovered = message[answer + 12] == (byte)'t';
        else if (message.IndexOf("$/presence"u8) >= 0) Changes++;
        else Fault ??= "an answer that is none to the subscription";
    }

    private void TakeMessage(ReadOnlySpan<byte> message, int at)
    {
        bool isRead = Utf8Parser.TryParse(message[at..], out long offset, out int digits);
        isRead &= Utf8Parser.TryParse(message[(at + digits + BeforeMember.Length)..], out long before, out _);
        if (!isRead) Fault ??= "a place that is no number";
        if (IsRecovered is null) Fault ??= "a message before the answer";
        if (before != LastOffset || offset <= before) Fault ??= $"message {offset} after {before} when {LastOffset} was the last";
        LastOffset = offset;
    }
}
