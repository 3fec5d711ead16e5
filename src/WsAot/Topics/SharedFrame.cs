using WsAot.Compression;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Frames;
using WsAot.Sessions;

namespace WsAot.Topics;

/// <summary>
/// A message for many connections, framed once; and compressed once for each window that any of them agreed on. Loops may share it: each
/// form is made by the first that needs it, and not changed any more.
/// </summary>
internal sealed class SharedFrame(Opcode opcode, ReadOnlySpan<byte> payload)
{
    private readonly int _payloadBytes = payload.Length;
    private byte[]?[]? _compressed;

    public Opcode Opcode { get; } = opcode;

    /// <summary>The frame as it is.</summary>
    public byte[] Bytes { get; } = OutgoingFrame.Create(opcode, payload);

    /// <summary>What it takes while it waits, with the objects around it.</summary>
    public int BacklogBytes => Bytes.Length + 256;

    public ReadOnlySpan<byte> Payload => Bytes.AsSpan(Bytes.Length - _payloadBytes);

    /// <summary>The frame for a connection whose compressed messages stand by themselves.</summary>
    public byte[] CompressedFor(SessionCompression compression)
    {
        byte[]?[] forms = LazyInitializer.EnsureInitialized(ref _compressed, static () => new byte[]?[DeflateParameters.LargestWindowBits + 1]);
        ref byte[]? form = ref forms[compression.WindowBits];
        if (Volatile.Read(ref form) is { } frame) return frame;
        frame = OutgoingFrame.Create(Opcode, compression.Deflate(Payload), isCompressed: true);
        Volatile.Write(ref form, frame);
        return frame;
    }
}
