using WsAot.Metrics;

namespace WsAot.Tests.Admin;

/// <summary>The buckets of times, and quantiles of them.</summary>
public sealed class HistogramTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 0)]         // 1 microsecond: at the bound
    [InlineData(11, 1)]
    [InlineData(20, 1)]
    [InlineData(21, 2)]
    [InlineData(100_000_000, 21)]
    [InlineData(100_000_001, 22)]
    [InlineData(long.MaxValue / 2, 22)]
    public void An_observation_is_in_the_bucket_whose_bound_it_does_not_exceed(long ticks, int bucket)
    {
        var histogram = new Histogram();
        histogram.Observe(new TimeSpan(ticks));
        Assert.Equal(1, histogram.Counts[bucket]);
        Assert.Equal(1, histogram.Counts.ToArray().Sum());
        Assert.Equal(ticks / 1e7, histogram.SumSeconds);
    }

    [Fact]
    public void A_quantile_lies_within_its_bucket()
    {
        var histogram = new Histogram();
        Assert.Equal(-1, histogram.QuantileMs(0.5));
        for (int i = 0; i < 99; i++) histogram.Observe(TimeSpan.FromMilliseconds(1.5));
        histogram.Observe(TimeSpan.FromSeconds(60));
        Assert.InRange(histogram.QuantileMs(0.5), 1, 2);
        Assert.Equal(10_000, histogram.QuantileMs(1));
        var earlier = new Histogram();
        earlier.Add(histogram);
        histogram.Observe(TimeSpan.FromMilliseconds(30));
        Assert.InRange(histogram.QuantileMs(0.5, earlier), 20, 50);
    }
}
