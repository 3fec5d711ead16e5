using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WsAot.Generators.Tests.Describing;

/// <summary>The processor time of this thread, which others on the machine add little to; where it cannot be had, the clock.</summary>
internal static partial class ThreadTime
{
    private const int ThreadProcessorTime = 3;

    public static TimeSpan Now()
    {
        if (!OperatingSystem.IsLinux())
            return Stopwatch.GetElapsedTime(0);
        _ = GetTime(ThreadProcessorTime, out Time time);
        return new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick));
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
