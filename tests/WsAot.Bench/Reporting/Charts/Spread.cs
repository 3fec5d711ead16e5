using WsAot.Bench.Running;

namespace WsAot.Bench.Reporting.Charts;

/// <summary>The middle of some values and the quartiles on its sides.</summary>
internal readonly record struct Spread(double Lower, double Median, double Upper)
{
    /// <param name="values">One or more.</param>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(Statistics.Quantile(sorted, 0.25), Statistics.Median(sorted), Statistics.Quantile(sorted, 0.75));
    }
}
