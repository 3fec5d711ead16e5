using WsAot.Bench.Load.Measuring;

namespace WsAot.Bench.Tests.Load.Measuring;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(0.999)]
    [InlineData(1)]
    public void A_quantile_is_that_of_the_sorted_values_or_up_to_a_64th_more(double share)
    {
        Random random = new(1);
        LatencyHistogram histogram = new();
        long[] values = [.. Enumerable.Range(0, 10_000).Select(_ => (long)Math.Exp(random.NextDouble() * 30))];
        foreach (long value in values) histogram.Add(value);
        Array.Sort(values);
        long exact = values[(int)Math.Ceiling(share * values.Length) - 1];
        Assert.InRange(histogram.Quantile(share), exact, exact + (exact / 64));
    }

    [Fact]
    public void Small_values_and_the_largest_have_buckets()
    {
        foreach (long value in (long[])[0, 1, 63, 64, 127, 128])
        {
            LatencyHistogram histogram = new();
            histogram.Add(value);
            Assert.InRange(histogram.Quantile(1), value, value + (value / 64));
        }

        LatencyHistogram largest = new();
        largest.Add(long.MaxValue);
        Assert.Equal(long.MaxValue, largest.Quantile(1));
    }

    [Fact]
    public void Without_values_a_quantile_is_zero()
    {
        LatencyHistogram histogram = new();
        histogram.Add(5);
        histogram.Clear();
        Assert.Equal(0, histogram.Quantile(0.5));
    }
}
