using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace WsAot.Metrics;

/// <summary>
/// Counts of messages and control frames by kind. The loop that owns them writes; any thread reads. Every platform of NativeAOT reads a
/// 64-bit number whole.
/// </summary>
internal unsafe struct FrameCounts
{
    /// <summary>An opcode has four bits (RFC 6455 section 5.2).</summary>
    private const int Kinds = 16;

    // The array lives as long as the counts and is pinned, so its address stays valid.
    private readonly long[] _memory = GC.AllocateArray<long>(2 * Kinds, pinned: true);
    private readonly long* _counts;

    public FrameCounts() => _counts = (long*)Unsafe.AsPointer(ref _memory[0]);

    /// <summary>The counts of a kind.</summary>
    public readonly FrameCount this[int kind] => new(Volatile.Read(ref _memory[kind]), Volatile.Read(ref _memory[Kinds + kind]));

    /// <summary>Counts a frame.</summary>
    /// <param name="kind">Its opcode, or another number of four bits.</param>
    /// <param name="bytes">The length of its payload.</param>
    // Through a pointer, so that a message costs two additions to memory and little else: no check of an index or of null. For the same
    // reason, copy the struct out of its object before you use it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Add(int kind, int bytes)
    {
        Debug.Assert((uint)kind < Kinds, "A kind has four bits.");
        long* count = _counts + (uint)kind;
        count[0]++;
        count[Kinds] += (uint)bytes;
    }
}
