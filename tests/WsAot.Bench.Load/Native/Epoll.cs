using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WsAot.Bench.Load.Native;

/// <summary>An epoll instance, level-triggered; the caller chooses a number for each descriptor.</summary>
internal sealed unsafe class Epoll
{
    private const int MaxEvents = 256;

    // struct epoll_event is packed on x64 (12 bytes, data at 4) and nowhere else (16 bytes, data at 8).
    private static readonly bool s_isPacked = RuntimeInformation.ProcessArchitecture is Architecture.X64;
    private static readonly int s_stride = s_isPacked ? 12 : 16;
    private static readonly int s_dataOffset = s_isPacked ? 4 : 8;

    private readonly int _epoll = LibC.EpollCreate1(0);
    private readonly byte[] _events = GC.AllocateArray<byte>(MaxEvents * 16, pinned: true);

    private byte* Events => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_events));

    public void Add(int descriptor, int number, uint events) => Control(LibC.EPOLL_CTL_ADD, descriptor, number, events);

    public void Modify(int descriptor, int number, uint events) => Control(LibC.EPOLL_CTL_MOD, descriptor, number, events);

    /// <returns>How many events there are; 0 if none came in time.</returns>
    public int Wait(int timeoutMs) => Math.Max(0, LibC.EpollWait(_epoll, Events, MaxEvents, timeoutMs));

    /// <summary>An event of the last wait.</summary>
    public (uint Events, int Number) this[int index]
    {
        get
        {
            byte* entry = Events + (index * s_stride);
            return (Unsafe.ReadUnaligned<uint>(entry), Unsafe.ReadUnaligned<int>(entry + s_dataOffset));
        }
    }

    private void Control(int operation, int descriptor, int number, uint events)
    {
        byte* entry = stackalloc byte[16];
        Unsafe.WriteUnaligned(entry, events);
        Unsafe.WriteUnaligned(entry + s_dataOffset, (long)number);
        if (LibC.EpollCtl(_epoll, operation, descriptor, entry) < 0) throw LoadException.FromErrno("epoll_ctl");
    }
}
