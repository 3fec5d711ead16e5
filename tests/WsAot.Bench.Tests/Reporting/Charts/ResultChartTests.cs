using System.Globalization;
using System.Xml.Linq;
using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Reporting.Charts;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;
using WsAot.Bench.Tests.Running;

namespace WsAot.Bench.Tests.Reporting.Charts;

public sealed class ResultChartTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static readonly Scenario s_echo = Named(Scenarios.EchoName(64, 1, "binary"));

    [Fact]
    public void In_a_row_of_echoes_each_server_has_a_dot_at_its_median_and_a_line_between_its_quartiles()
    {
        XElement chart = Chart([Echo()]);
        XElement[] marks = Marks(chart);
        Assert.Equal(["kestrel: 4.00", "wsaot epoll: 1.00"], marks.Select(Title));

        // The scale is logarithmic from 0.5 to 8: of its four steps, 1 is after the first and 4 after the third.
        const double Step = (DotPlot.PlotRight - DotPlot.PlotLeft) / 4.0;
        Assert.Equal(DotPlot.PlotLeft + (3 * Step), Number(marks[0].Element(s_svg + "circle")!, "cx"), 0.01);
        Assert.Equal(DotPlot.PlotLeft + Step, Number(marks[1].Element(s_svg + "circle")!, "cx"), 0.01);
        XElement spread = marks[1].Element(s_svg + "line")!;
        Assert.Equal(DotPlot.PlotLeft + (Step * (1 + Math.Log2(0.9))), Number(spread, "x1"), 0.01);
        Assert.Equal(DotPlot.PlotLeft + (Step * (1 + Math.Log2(1.2))), Number(spread, "x2"), 0.01);
        Assert.Equal(["0.5", "1", "2", "4", "8"], Texts(chart).TakeLast(5));
        Assert.Contains("1.00", Texts(chart));
    }

    [Fact]
    public void What_has_a_unit_of_its_own_gets_bars_from_zero_with_a_line_between_the_quartiles()
    {
        Scenario idle = Named(Scenarios.IdleMemory);
        XElement chart = Chart([Result(idle, ("limit", [10, 10, 10]), (WsAotServer.EpollName, [400, 440, 500]), ("kestrel", [18_000]))]);
        Assert.Equal("resident bytes of the server for a connection; less is better", Texts(chart)[1]);
        XElement[] marks = Marks(chart);
        Assert.Equal(["limit: 10.0", "wsaot epoll: 440", "kestrel: 18,000"], marks.Select(Title));
        Assert.Equal(["base", "s0", "s1"], marks.Select(static mark => mark.Attribute("class")!.Value));

        XElement[] bars = [.. marks.Select(static mark => mark.Element(s_svg + "rect")!)];
        double left = Number(bars[0], "x");
        double width = BarPlot.BarRight - left;
        Assert.Equal([width * 10 / 18_000, width * 440 / 18_000, width], bars.Select(bar => Number(bar, "width")), Near);
        string whisker = Assert.Single(chart.Elements(s_svg + "path")).Attribute("d")!.Value;
        Assert.Contains(Invariant($"H{Math.Round(left + (width * 470 / 18_000), 2)}M"), whisker, StringComparison.Ordinal);
    }

    [Fact]
    public void Starts_are_bars_of_time_and_of_memory()
    {
        StartResult[] starts =
        [
            new("limit", 1, 1024 * 1024, null, 4),
            new(WsAotServer.EpollName, 5, 6 * 1024 * 1024, 4_300_000, 4) { AllMilliseconds = [4, 5, 6, 7] },
            new("kestrel", double.NaN, double.NaN, null, 0, "no such file"),
        ];
        XElement chart = XElement.Parse(ResultChart.Of([], starts)!);
        Assert.Equal(
            ["limit: 1.00", "wsaot epoll: 5.50", "limit: 1.00", "wsaot epoll: 6.00"], Marks(chart).Select(Title));
        Assert.Equal("start to listening; memory after the start", chart.Attribute("aria-label")!.Value);
    }

    [Fact]
    public void One_file_has_the_ratios_first_and_then_a_part_for_each_other_scenario()
    {
        XElement chart = Chart(
        [
            Result(Named(Scenarios.FanOut), ("limit", [2]), (WsAotServer.EpollName, [3])),
            Echo(),
            Result(Named(Scenarios.Compressed), ("ws", [80]), (WsAotServer.EpollName, [10])),
        ]);
        XElement[] titles = [.. chart.Elements(s_svg + "text").Where(static text => text.Attribute("class")?.Value == "title")];
        Assert.Equal(
            ["CPU time of the server for an echo, beside the limit's", Scenarios.FanOut, Scenarios.Compressed],
            titles.Select(static title => title.Value));
        Assert.Equal(titles.Select(title => Number(title, "y")), titles.Select(title => Number(title, "y")).Order());
        Assert.True(Number(titles[^1], "y") < Number(chart, "height"));
    }

    [Fact]
    public void Echoes_without_a_limit_are_shown_in_microseconds()
    {
        XElement chart = Chart([Result(s_echo, (WsAotServer.EpollName, [5]), ("kestrel", [20]))]);
        Assert.Equal(["wsaot epoll: 5.00", "kestrel: 20.0"], Marks(chart).Select(Title));
        Assert.Equal("CPU time of the server for a message in µs; less is better", Texts(chart)[1]);
    }

    [Fact]
    public void Nothing_measured_is_no_chart()
    {
        Assert.Null(ResultChart.Of([], []));
        Assert.Null(ResultChart.Of([Result(s_echo)], []));
    }

    [Fact]
    public void No_text_is_wider_than_the_picture()
    {
        // Every scenario, with all that it can have: a letter takes seven pixels of fourteen at most, on average.
        IEnumerable<ScenarioResult> all = new Scenarios([]).All().Select(static scenario =>
            Result(scenario, [.. scenario.Contenders.Select(static contender => (contender.Name, new double[] { 1234 }))]));
        foreach (XElement text in Chart([.. all]).Elements(s_svg + "text"))
        {
            double width = text.Value.Length * 7;
            double room = text.Attribute("class")?.Value is "end" or "soft mid" ? Number(text, "x") : SvgText.Width - Number(text, "x");
            Assert.True(width <= room, $"{text.Value}: {width} of {room}");
        }
    }

    private static Scenario Named(string name) => new Scenarios([]).All().First(scenario => scenario.Name == name);

    private static ScenarioResult Echo() =>
        Result(s_echo, ("limit", [10, 10, 10]), (WsAotServer.EpollName, [8, 10, 14]), ("kestrel", [40, 40, 40]));

    /// <summary>Results whose figures, of any metric, are the given ones.</summary>
    private static ScenarioResult Result(Scenario scenario, params (string Contender, double[] Figures)[] outcomes)
    {
        ScenarioResult result = new(scenario, [.. scenario.Contenders.Select(static contender => new Outcome(contender))]);
        foreach ((string contender, double[] figures) in outcomes)
        {
            Outcome outcome = result.Outcomes.Single(outcome => outcome.Contender.Name == contender);
            outcome.Rounds.AddRange(figures.Select(figure => Report(scenario.Metric, outcome.Contender.Workload.Idle, figure)));
        }

        return result;
    }

    private static LoadReport Report(Metric metric, int idle, double figure)
    {
        LoadReport report = Reports.Of(figure);
        return metric == Metric.ResidentPerConnection
            ? report with { ResidentBytes = report.ResidentBeforeBytes + (long)(figure * idle) }
            : report;
    }

    private static XElement Chart(IReadOnlyList<ScenarioResult> results) => XElement.Parse(ResultChart.Of(results, [])!);

    private static XElement[] Marks(XElement chart) =>
        [.. chart.Elements(s_svg + "g").Where(static group => group.Element(s_svg + "title") is not null)];

    private static string Title(XElement mark) => mark.Element(s_svg + "title")!.Value;

    private static string[] Texts(XElement chart) => [.. chart.Elements(s_svg + "text").Select(static text => text.Value)];

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static bool Near(double one, double other) => Math.Abs(one - other) < 0.01;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
