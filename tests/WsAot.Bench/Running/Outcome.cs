using WsAot.Bench.Load.Measuring;

namespace WsAot.Bench.Running;

/// <summary>The results of a contender, as medians over its rounds.</summary>
internal sealed class Outcome(Contender contender)
{
    public Contender Contender => contender;

    public List<LoadReport> Rounds { get; } = [];

    /// <summary>Why there are fewer reports than rounds; null if there are enough.</summary>
    public string? Fault { get; set; }

    public double CpuMicroseconds => Median(static report => report.CpuMicroseconds());

    public double PerSecond => Median(static report => report.Messages / report.Seconds);

    public double P50Microseconds => Median(static report => report.P50Ns / 1e3);

    public double P99Microseconds => Median(static report => report.P99Ns / 1e3);

    public double P999Microseconds => Median(static report => report.P999Ns / 1e3);

    public double ResidentBytes => Median(static report => report.ResidentBytes);

    /// <summary>The share of the window in which the server ran; over 1 with several threads.</summary>
    public double ServerBusy => Median(static report => report.ServerCpuNs / 1e9 / report.Seconds);

    public double LoadBusy => Median(static report => report.LoadCpuNs / 1e9 / report.Seconds);

    /// <summary>The processor time of everything else on the machine; 1 is a core.</summary>
    public double OthersBusy => Median(static report => report.OthersCpuNs / 1e9 / report.Seconds);

    public double Value(Metric metric) => Statistics.Median(Values(metric));

    /// <summary>The figure of each round.</summary>
    public IEnumerable<double> Values(Metric metric) => Rounds.Select(report => ValueOf(report, metric));

    /// <summary>The median of the rounds' ratios: a disturbance of the machine during a round affects both.</summary>
    public double RatioTo(Outcome other, Metric metric) => Statistics.Median(RatiosTo(other, metric));

    /// <summary>The ratio of each round.</summary>
    public IEnumerable<double> RatiosTo(Outcome other, Metric metric) =>
        Rounds.Zip(other.Rounds, (mine, theirs) => ValueOf(mine, metric) / other.ValueOf(theirs, metric));

    private double ValueOf(LoadReport report, Metric metric) => report.Value(metric, contender.Workload.Idle);

    private double Median(Func<LoadReport, double> figure) => Statistics.Median(Rounds.Select(figure));
}
