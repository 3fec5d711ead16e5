using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Tests.Running;

public sealed class OutcomeTests
{
    [Theory]
    [InlineData(2, new double[] { 3, 1, 2 })]
    [InlineData(2.5, new double[] { 4, 3, 1, 2 })]
    [InlineData(double.NaN, new double[0])]
    public void The_median(double expected, double[] values) => Assert.Equal(expected, Statistics.Median(values));

    [Fact]
    public void A_ratio_is_the_median_of_the_rounds_ratios()
    {
        // Half as fast in each round, whatever else the machine did.
        Outcome limit = Outcome(1, 2, 10);
        Outcome ours = Outcome(2, 4, 20);
        Assert.Equal(2, ours.RatioTo(limit, Metric.CpuPerMessage));
        Assert.Equal(4, ours.CpuMicroseconds);
    }

    [Fact]
    public void Rounds_that_only_one_side_has_do_not_count() =>
        Assert.Equal(3, Outcome(3).RatioTo(Outcome(1, 100), Metric.CpuPerMessage));

    [Fact]
    public void Resident_bytes_are_those_of_a_connection()
    {
        LoadReport report = Reports.Of(0) with { ResidentBeforeBytes = 5_000_000, ResidentBytes = 10_120_000 };
        Assert.Equal(512, report.Value(Metric.ResidentPerConnection, 10_000));
        Assert.Equal(1024, report.Value(Metric.ResidentPerConnection, 5_000));
    }

    [Fact]
    public void Resident_bytes_are_divided_by_the_connections_of_the_contender()
    {
        Outcome outcome = new(new Contender("any", new LimitServer(), new Workload { Idle = 1024 }));
        outcome.Rounds.Add(Reports.Of(0));
        Assert.Equal(1024, outcome.Value(Metric.ResidentPerConnection));
        Assert.Equal(1, outcome.RatioTo(outcome, Metric.ResidentPerConnection));
    }

    [Theory]
    [InlineData(1001, 9_999_999, true)]
    [InlineData(1000, 0, false)]
    [InlineData(1001, 10_000_000, false)]
    public void Who_hardly_ran_did_not_answer(long messages, long serverCpuNs, bool expected) =>
        Assert.Equal(expected, (Reports.Of(0) with { Seconds = 1, Messages = messages, ServerCpuNs = serverCpuNs }).IsOfAnotherProcess());

    private static Outcome Outcome(params IEnumerable<double> microseconds)
    {
        Outcome outcome = new(new Contender("any", new LimitServer(), new Workload()));
        outcome.Rounds.AddRange(microseconds.Select(Reports.Of));
        return outcome;
    }
}
