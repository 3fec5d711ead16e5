using WsAot.Compression;
using WsAot.Loops;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>
/// A message for many connections. It is framed once, and compressed once for each window size in use. Loops share it: the first loop that
/// needs a form creates it, and it never changes after that.
/// </summary>
internal class SharedFrame
{
    private readonly int _payloadBytes;
    private byte[]?[]? _compressed;

    public SharedFrame(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        (Opcode, _payloadBytes) = (opcode, payload.Length);
        Bytes = CreateFrame(opcode, payload);
    }

    /// <summary>A message that is already framed.</summary>
    /// <param name="frame">Its frame: see <see cref="Bytes"/>.</param>
    public SharedFrame(byte[] frame)
    {
        (Bytes, Opcode) = (frame, (Opcode)(frame[0] & 0x0F));
        // The frame is unmasked, so the length alone determines the size of the header (RFC 6455 section 5.2).
        int headerBytes = frame[1] switch { 126 => 4, 127 => 10, _ => 2 };
        _payloadBytes = frame.Length - headerBytes;
    }

    public Opcode Opcode { get; }

    /// <summary>Its number within the topic, if the topic keeps messages; else 0.</summary>
    public virtual long Offset => 0;

    /// <summary>The subscriber that does not get the message, because it published it; null if all get it.</summary>
    public ISubscriber? Except { get; init; }

    /// <summary>What that subscriber gets instead, so that it sees no gap; null if nothing.</summary>
    public virtual SharedFrame? Skip => null;

    /// <summary>The uncompressed frame.</summary>
    public byte[] Bytes { get; }

    /// <summary>The memory it takes while it waits, including the objects around it.</summary>
    public int BacklogBytes => Bytes.Length + 256;

    /// <summary>The cost of one delivery, in units of <see cref="TurnCosts"/>.</summary>
    public int DeliveryUnits => 1 + (int)((uint)_payloadBytes / TurnCosts.DeliveredBytesPerUnit);

    /// <summary>The cost of delivery to this many subscribers, but at most one turn.</summary>
    public int UnitsFor(int subscribers) => (int)Math.Min((long)subscribers * DeliveryUnits, TurnCosts.Turn);

    public ReadOnlySpan<byte> Payload => Bytes.AsSpan(Bytes.Length - _payloadBytes);

    public int PayloadBytes => _payloadBytes;

    /// <summary>The compressed frame for connections without context takeover.</summary>
    public byte[] CompressedFor(ConnectionCompression compression)
    {
        byte[]?[] forms = LazyInitializer.EnsureInitialized(
            ref _compressed, static () => new byte[]?[DeflateParameters.LargestWindowBits + 1]);
        ref byte[]? form = ref forms[compression.WindowBits];
        if (Volatile.Read(ref form) is { } frame) return frame;
        frame = CreateFrame(Opcode, compression.Deflate(Payload), isCompressed: true);
        compression.TrimDeflater();
        Volatile.Write(ref form, frame);
        return frame;
    }

    private static byte[] CreateFrame(Opcode opcode, ReadOnlySpan<byte> payload, bool isCompressed = false)
    {
        int headerLength = FrameWriter.GetHeaderLength(payload.Length);
        byte[] frame = GC.AllocateUninitializedArray<byte>(headerLength + payload.Length);
        FrameWriter.WriteHeader(frame, opcode, payload.Length, isCompressed: isCompressed);
        payload.CopyTo(frame.AsSpan(headerLength));
        return frame;
    }
}
