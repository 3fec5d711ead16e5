namespace WsAot.Bench.Running;

internal static class Statistics
{
    /// <summary>The middle value, or the mean of the two in the middle; NaN if there are no values.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The value below which this share of the values lies, interpolated between the two nearest values.</summary>
    /// <param name="sorted">At least one value, in ascending order.</param>
    /// <param name="share">0 to 1.</param>
    public static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
