using System.Buffers.Text;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace WsAot.Memory;

/// <summary>Reads the memory of the process, and returns unused memory to the system.</summary>
internal static class ProcessMemory
{
    private static readonly SafeFileHandle? s_statm = OpenStatm();

    private static TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime;

    /// <summary>A reading without the connection counts. Costs a system call, and no garbage.</summary>
    public static MemoryReading Read() => new(ReadResidentBytes(), GC.GetTotalAllocatedBytes(precise: false));

    /// <summary>
    /// Collects all garbage and returns the memory to the system. Measured on the published file, after 1,000 clients had made it hold
    /// 1,040 MiB: this left 9 MiB and took 66 to 100 ms; a forced instead of an aggressive collection left 200 MiB and took 61 to 73 ms.
    /// With 10,000 other connections open, freeing 220 MiB took 26 ms.
    /// </summary>
    /// <returns>
    /// The processor time that it took, in milliseconds. All loops stand still meanwhile; on a busy machine that may be longer by the
    /// clock.
    /// </returns>
    public static long GiveBack()
    {
        TimeSpan start = ProcessorTime;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        TrimNativeHeap();
        return (long)(ProcessorTime - start).TotalMilliseconds;
    }

    /// <summary>
    /// Makes all threads share one heap of the C library. Call it before threads get their own. glibc never returns the free memory at the
    /// end of any heap but the first: after 1,000 connections with compressors had come and gone three times, 106 MiB were left, and 7 MiB
    /// with this setting. Threads contend for the heap only when such a connection opens or closes.
    /// </summary>
    public static unsafe void UseOneNativeHeap()
    {
        const int MaxHeaps = -8;    // M_ARENA_MAX
        if (FindInLibC("mallopt") is var address and not 0) _ = ((delegate* unmanaged<int, int, int>)address)(MaxHeaps, 1);
    }

    /// <summary>
    /// Returns freed memory that the C library keeps: after the same 1,000 connections and 320 MiB, it keeps nearly all of it from the
    /// second time on.
    /// </summary>
    private static unsafe void TrimNativeHeap()
    {
        if (FindInLibC("malloc_trim") is var address and not 0) _ = ((delegate* unmanaged<nuint, int>)address)(0);
    }

    /// <summary>The second number of <c>/proc/self/statm</c>, in pages (proc(5)); on other systems, what the runtime reports.</summary>
    private static long ReadResidentBytes()
    {
        // On Linux without /proc, the runtime would look there too.
        if (s_statm is null) return OperatingSystem.IsLinux() ? 0 : Environment.WorkingSet;
        Span<byte> text = stackalloc byte[128];
        ReadOnlySpan<byte> numbers = text[..RandomAccess.Read(s_statm, text, 0)];
        numbers = numbers[(numbers.IndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(numbers, out long pages, out _) ? pages * Environment.SystemPageSize : 0;
    }

    private static SafeFileHandle? OpenStatm()
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.OpenHandle("/proc/self/statm") : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Looked up by name at run time, because only glibc has these functions.</summary>
    private static nint FindInLibC(string name) =>
        OperatingSystem.IsLinux() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), name, out nint address) ? address : 0;
}
