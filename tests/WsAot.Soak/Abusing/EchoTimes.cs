namespace WsAot.Soak.Abusing;

/// <summary>How long echoes took, in milliseconds.</summary>
/// <param name="Count">How many.</param>
/// <param name="P50">The median.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Max">The longest.</param>
internal readonly record struct EchoTimes(int Count, double P50, double P99, double Max)
{
    /// <param name="times">The times of the echoes that came back, in any order. This method sorts them.</param>
    /// <param name="waitingMs">
    /// How long the pending echo has been out. It counts if that is longer than the median, because otherwise the worst case would be
    /// missing.
    /// </param>
    public static EchoTimes Of(double[] times, double waitingMs)
    {
        Array.Sort(times);
        if (waitingMs > (times.Length == 0 ? 0 : times[times.Length / 2]))
        {
            times = [.. times, waitingMs];
            Array.Sort(times);
        }

        return times.Length == 0 ? default : new(times.Length, times[times.Length / 2], times[times.Length * 99 / 100], times[^1]);
    }

    /// <summary>The number of all echoes, and each figure of the client for which it is worst.</summary>
    public static EchoTimes WorstOf(IReadOnlyCollection<EchoTimes> clients) => new(
        clients.Sum(static one => one.Count),
        clients.Max(static one => one.P50),
        clients.Max(static one => one.P99),
        clients.Max(static one => one.Max));
}
