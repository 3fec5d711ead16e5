using System.Globalization;
using WsAot.Bench.Load.Native;

namespace WsAot.Bench.Load.Measuring;

/// <summary>What the operating system says of the server's process.</summary>
internal sealed unsafe class ServerMeter(int processId)
{
    /// <summary>
    /// Nanoseconds that all threads of the process ran, user and system, those that ended included: its CPU-time clock, as
    /// clock_getcpuclockid(3) finds it. It is exact at the moment it is read, where /proc/PID/stat counts in ticks of 10 ms.
    /// </summary>
    public long CpuNs => Read((~processId << 3) | 2);

    /// <summary>Nanoseconds that the load itself ran.</summary>
    public static long OwnCpuNs => Read(LibC.CLOCK_PROCESS_CPUTIME_ID);

    public long ResidentBytes
    {
        get
        {
            // The second number is pages; /proc/PID/status rounds and is slower to make.
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
