using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace WsAot.Metrics;

/// <summary>
/// Counts of messages and control frames by their kind. The loop that owns them adds; any thread reads. A 64-bit number is read whole on
/// every platform that NativeAOT has.
/// </summary>
[InlineArray(Kinds)]
internal struct FrameCounts
{
    /// <summary>An opcode has four bits (RFC 6455 section 5.2).</summary>
    public const int Kinds = 16;

    private FrameCount _first;

    /// <summary>Counts a frame.</summary>
    /// <param name="kind">Its opcode, or another number below <see cref="Kinds"/>.</param>
    /// <param name="bytes">The length of its payload.</param>
    // Two additions to memory, without a check of the index: the count of each message must cost next to nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int kind, int bytes)
    {
        Debug.Assert((uint)kind < Kinds, "A kind has four bits.");
        ref FrameCount count = ref Unsafe.Add(ref _first, (nint)(uint)kind);
        count.Count++;
        count.Bytes += bytes;
    }
}
