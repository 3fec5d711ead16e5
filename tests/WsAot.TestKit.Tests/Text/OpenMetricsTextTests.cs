using WsAot.TestKit.Text;

namespace WsAot.TestKit.Tests.Text;

/// <summary>The reader finds what is wrong.</summary>
public sealed class OpenMetricsTextTests
{
    private const string Good = """
        # HELP a_seconds Help.
        # TYPE a_seconds counter
        # UNIT a_seconds seconds
        a_seconds_total{x="a \"b\" \\"} 1
        # HELP b Help.
        # TYPE b gauge
        b -1.5
        # HELP c Help.
        # TYPE c histogram
        c_bucket{x="1",le="1E-06"} 1
        c_bucket{x="1",le="+Inf"} 2
        c_sum{x="1"} 0.5
        c_count{x="1"} 2
        # EOF

        """;

    [Fact]
    public void A_good_text_has_no_faults() => Assert.Empty(OpenMetricsText.FindFaults(Good));

    [Theory]
    [InlineData("# EOF\n", "")]
    [InlineData("a_seconds_total{", "a_seconds{")]
    [InlineData("# UNIT a_seconds seconds", "# UNIT a_seconds bytes")]
    [InlineData("b -1.5", "b -1.5\nb 2")]
    [InlineData("b -1.5", "b_total 1")]
    [InlineData("b -1.5", "b{x=\"1} 1")]
    [InlineData("b -1.5", "b 1,5")]
    [InlineData("b -1.5\n", "b 1\n# HELP a_seconds Help.\n")]
    [InlineData("# TYPE b gauge", "# TYPE b_total counter")]
    [InlineData("le=\"1E-06\"} 1", "le=\"1E-06\"} 3")]
    [InlineData("c_count{x=\"1\"} 2", "c_count{x=\"1\"} 3")]
    public void A_bad_one_has(string good, string bad)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        Assert.NotEmpty(OpenMetricsText.FindFaults(Good.Replace(good, bad, StringComparison.Ordinal)));
    }
}
