using System.Diagnostics;
using System.Runtime.InteropServices;
using WsAot.Bench.Building;

namespace WsAot.Bench.Servers;

/// <summary>Starts processes on cores of their own.</summary>
internal static unsafe partial class CpuAffinity
{
    // cpu_set_t: 1,024 cores.
    private const int SetWords = 16;
    private const int SetBytes = SetWords * sizeof(ulong);

    /// <summary>
    /// A process inherits the cores of the thread that starts it, so it never runs on other cores, not even at its start.
    /// </summary>
    /// <exception cref="BenchException">There is no such file, or no such core.</exception>
    public static Process Start(ProcessStartInfo start, params ReadOnlySpan<int> cores)
    {
        ulong* former = stackalloc ulong[SetWords];
        ulong* wanted = stackalloc ulong[SetWords];
        foreach (int core in cores) wanted[core / 64] |= 1UL << (core % 64);
        Check(GetAffinity(0, SetBytes, former));
        Check(SetAffinity(0, SetBytes, wanted));
        try
        {
            return Command.Start(start);
        }
        finally
        {
            Check(SetAffinity(0, SetBytes, former));
        }
    }

    /// <summary>
    /// Whether processes can be started on a core. This moves a thread there to ask the kernel, because a container may have fewer cores
    /// than the machine.
    /// </summary>
    public static bool Has(int core)
    {
        ulong* former = stackalloc ulong[SetWords];
        ulong* wanted = stackalloc ulong[SetWords];
        wanted[core / 64] |= 1UL << (core % 64);
        Check(GetAffinity(0, SetBytes, former));
        if (SetAffinity(0, SetBytes, wanted) < 0) return false;
        Check(SetAffinity(0, SetBytes, former));
        return true;
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new BenchException($"The cores cannot be set: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nuint length, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint length, ulong* mask);
}
