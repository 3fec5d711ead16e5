using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WsAot.Transport.Epoll;

/// <summary>
/// An array of <c>struct epoll_event</c>: 32 bits of events, 64 bits of data. Its layout depends on the processor, so it is computed
/// instead of declared: packed on x64 (12 bytes, data at 4), and 16 bytes with data at 8 everywhere else.
/// </summary>
internal sealed unsafe class EpollEventBuffer(int capacity)
{
    private static readonly bool s_isPacked = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;

    private readonly byte[] _bytes = GC.AllocateArray<byte>(capacity * Stride, pinned: true);

    public static int Stride => s_isPacked ? 12 : 16;

    private static int DataOffset => s_isPacked ? 4 : 8;

    public byte* Pointer => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));

    public int Capacity => capacity;

    public uint Events(int index) => Unsafe.ReadUnaligned<uint>(Pointer + (index * Stride));

    public ulong Data(int index) => Unsafe.ReadUnaligned<ulong>(Pointer + (index * Stride) + DataOffset);

    public void Set(int index, uint events, ulong data)
    {
        Unsafe.WriteUnaligned(Pointer + (index * Stride), events);
        Unsafe.WriteUnaligned(Pointer + (index * Stride) + DataOffset, data);
    }
}
