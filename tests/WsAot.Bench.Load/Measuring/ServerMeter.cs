using System.Globalization;
using WsAot.Bench.Load.Native;

namespace WsAot.Bench.Load.Measuring;

/// <summary>Reads what the operating system reports about the server's process.</summary>
internal sealed unsafe class ServerMeter(int processId)
{
    /// <summary>
    /// The CPU time of all threads of the process in nanoseconds, user and system, including threads that have ended: its CPU-time clock,
    /// as in clock_getcpuclockid(3). It is exact when it is read, while /proc/PID/stat counts in ticks of 10 ms.
    /// </summary>
    public long CpuNs => Read((~processId << 3) | 2);

    /// <summary>The CPU time of the load itself in nanoseconds.</summary>
    public static long OwnCpuNs => Read(LibC.CLOCK_PROCESS_CPUTIME_ID);

    public long ResidentBytes
    {
        get
        {
            // The second number is in pages. /proc/PID/status rounds, and is slower to read.
            string pages = File.ReadAllText($"/proc/{processId}/statm").Split(' ')[1];
            return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
    }

    private static long Read(int clock)
    {
        LibC.TimeSpec time;
        if (LibC.ClockGetTime(clock, &time) < 0) throw LoadException.FromErrno("clock_gettime");
        return (time.Seconds * 1_000_000_000) + time.Rest;
    }
}
