using System.Globalization;

namespace WsAot.Bench.Load.Measuring;

/// <summary>The busy time of all processors together, from /proc/stat, in ticks of 10 ms.</summary>
internal static class MachineMeter
{
    private const long TickNs = 10_000_000;

    /// <summary>Nanoseconds since the machine started that were not idle; time that its host gave to other machines counts, too.</summary>
    public static long BusyNs
    {
        get
        {
            using StreamReader stat = new("/proc/stat");
            return BusyNsOf(stat.ReadLine()!);
        }
    }

    /// <param name="line">
    /// <c>cpu user nice system idle iowait irq softirq steal guest guest_nice</c>; user and nice already include guests.
    /// </param>
    public static long BusyNsOf(string line)
    {
        string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long ticks = 0;
        for (int i = 1; i <= 8; i++)
        {
            if (i is not (4 or 5)) ticks += long.Parse(fields[i], CultureInfo.InvariantCulture);
        }

        return ticks * TickNs;
    }
}
