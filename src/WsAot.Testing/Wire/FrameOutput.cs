using System.Buffers.Binary;
using WsAot.Protocol.Frames;
using WsAot.Transport.InMemory;

namespace WsAot.Testing.Wire;

/// <summary>Sends the frames of a client: masked (RFC 6455 section 5.3).</summary>
internal sealed class FrameOutput(InMemoryPeer peer)
{
    /// <summary>A key that changes every byte. It is not random, so that tests are deterministic.</summary>
    private const uint MaskingKey = 0x9F3C_A57B;

    /// <summary>The largest number of bytes that the server receives at once.</summary>
    public int MaxPieceBytes { get; set; } = int.MaxValue;

    public void Send(Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, bool isCompressed = false)
    {
        const int KeyLength = 4;
        int headerLength = FrameWriter.GetHeaderLength(payload.Length) + KeyLength;
        byte[] frame = new byte[headerLength + payload.Length];
        FrameWriter.WriteHeader(frame, opcode, payload.Length, isFinal, isCompressed);
        frame[1] |= 0x80;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(headerLength - KeyLength), MaskingKey);
        Masking.Apply(payload, frame.AsSpan(headerLength), MaskingKey, 0);
        SendRaw(frame);
    }

    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        for (int start = 0; start < bytes.Length; start += Math.Min(MaxPieceBytes, bytes.Length - start))
        {
            peer.Send(bytes.Slice(start, Math.Min(MaxPieceBytes, bytes.Length - start)));
        }
    }
}
