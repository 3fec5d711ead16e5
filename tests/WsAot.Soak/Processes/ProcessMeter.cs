using System.Globalization;

namespace WsAot.Soak.Processes;

/// <summary>The memory, descriptors and processor time of processes, from Linux's /proc.</summary>
internal static class ProcessMeter
{
    /// <summary>VmRSS: the memory that is resident, in bytes; 0 if the process is gone.</summary>
    public static long ResidentBytes(int processId)
    {
        try
        {
            foreach (string line in File.ReadLines($"/proc/{processId}/status"))
            {
                if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                {
                    return long.Parse(
                        line.AsSpan(6, line.Length - 9),
                        NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                        CultureInfo.InvariantCulture) * 1024;
                }
            }
        }
        catch (IOException)
        {
            // The process ended between the two calls.
        }

        return 0;
    }

    /// <summary>The processor time that a process has used; zero if it is gone.</summary>
    public static TimeSpan CpuTime(int processId)
    {
        try
        {
            // `pid (name) state ...`: after the name come the fields from the third on; utime and stime are the 14th and the 15th.
            string stat = File.ReadAllText($"/proc/{processId}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return Ticks(fields.AsSpan(11, 2));
        }
        catch (IOException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>The processor time that all processes together have used; time that the host gave to other machines counts too.</summary>
    public static TimeSpan MachineCpuTime
    {
        get
        {
            // `cpu  user nice system idle iowait irq softirq steal ...`
            string[] fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return Ticks(fields.AsSpan(1, 3)) + Ticks(fields.AsSpan(6, 3));
        }
    }

    /// <summary>The unreclaimable memory of the kernel for all processes: mostly sockets and their buffers.</summary>
    public static long KernelBytes
    {
        get
        {
            // `SUnreclaim:        71234 kB`
            string line = File.ReadLines("/proc/meminfo").First(static line => line.StartsWith("SUnreclaim:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <summary>Open descriptors; 0 if the process is gone.</summary>
    public static int Descriptors(int processId)
    {
        try
        {
            return Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    // A tick is 10 ms on every Linux.
    private static TimeSpan Ticks(ReadOnlySpan<string> fields)
    {
        TimeSpan sum = TimeSpan.Zero;
        foreach (string field in fields) sum += TimeSpan.FromMilliseconds(10 * long.Parse(field, CultureInfo.InvariantCulture));
        return sum;
    }
}
