using System.Runtime.InteropServices;

namespace WsAot.Transport.Loops;

/// <summary>The processor time of threads, read from other threads, so that a loop need not measure it itself. Linux only.</summary>
internal static unsafe partial class ThreadClock
{
    /// <summary>The kernel's ID of the calling thread; 0 if it is not known.</summary>
    public static int CurrentThreadId => OperatingSystem.IsLinux() ? GetThreadId() : 0;

    /// <summary>How long a thread has been running; zero if there is no such thread.</summary>
    public static TimeSpan Read(int threadId)
    {
        if (threadId == 0) return TimeSpan.Zero;
        // CPUCLOCK_PERTHREAD_MASK | CPUCLOCK_SCHED, as pthread_getcpuclockid(3) makes it.
        int clock = (~threadId << 3) | 6;
        TimeSpec time;
        return GetTime(clock, &time) == 0 ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100)) : default;
    }

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, TimeSpec* time);

    /// <summary><c>struct timespec</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
