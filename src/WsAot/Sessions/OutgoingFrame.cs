using WsAot.Protocol.Frames;

namespace WsAot.Sessions;

/// <summary>Makes whole frames, for those that are shared or cross threads.</summary>
internal static class OutgoingFrame
{
    /// <summary>A frame in memory of its own.</summary>
    public static byte[] Create(Opcode opcode, ReadOnlySpan<byte> payload, bool isCompressed = false)
    {
        int headerLength = FrameWriter.GetHeaderLength(payload.Length);
        byte[] frame = GC.AllocateUninitializedArray<byte>(headerLength + payload.Length);
        FrameWriter.WriteHeader(frame, opcode, payload.Length, isCompressed: isCompressed);
        payload.CopyTo(frame.AsSpan(headerLength));
        return frame;
    }
}
