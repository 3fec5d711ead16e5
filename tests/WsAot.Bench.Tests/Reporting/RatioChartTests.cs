using System.Globalization;
using System.Xml.Linq;
using WsAot.Bench.Reporting;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Tests.Reporting;

public sealed class RatioChartTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static readonly Scenario s_scenario = new Scenarios([])
        .All()
        .First(scenario => scenario.Name == Scenarios.EchoName(64, 1, "binary"));

    [Fact]
    public void Each_server_has_a_dot_at_its_median_and_a_line_between_its_quartiles()
    {
        XElement chart = XElement.Parse(RatioChart.Of("CPU < \"all\"", [Result()])!);
        Assert.Equal("CPU < \"all\"", chart.Attribute("aria-label")!.Value);
        XElement[] rows = [.. chart.Elements(s_svg + "g").Where(static group => group.Element(s_svg + "title") is not null)];
        Assert.Equal(["kestrel: 4.00", "wsaot epoll: 1.00"], rows.Select(static row => row.Element(s_svg + "title")!.Value));

        // The scale is logarithmic from 0.5 to 8: of its four steps, 1 is after the first and 4 after the third.
        const double Step = (880 - 250) / 4.0;
        Assert.Equal(250 + (3 * Step), X(rows[0].Element(s_svg + "circle")!, "cx"), 0.01);
        Assert.Equal(250 + Step, X(rows[1].Element(s_svg + "circle")!, "cx"), 0.01);
        XElement spread = rows[1].Element(s_svg + "line")!;
        Assert.Equal(250 + (Step * (1 + Math.Log2(0.9))), X(spread, "x1"), 0.01);
        Assert.Equal(250 + (Step * (1 + Math.Log2(1.2))), X(spread, "x2"), 0.01);
        Assert.Contains("1.00", chart.Elements(s_svg + "text").Select(static text => text.Value));
    }

    [Fact]
    public void Without_a_limit_there_is_no_chart()
    {
        Scenario alone = s_scenario with
        {
            Contenders = [.. s_scenario.Contenders.Where(contender => contender.Name == WsAotServer.EpollName)],
        };
        Assert.Null(RatioChart.Of("", [ResultTextTests.Result(alone, (WsAotServer.EpollName, [5]))]));
        Assert.Null(RatioChart.Of("", []));
    }

    private static ScenarioResult Result() => ResultTextTests.Result(
        s_scenario, ("limit", [10, 10, 10]), (WsAotServer.EpollName, [8, 10, 14]), ("kestrel", [40, 40, 40]));

    private static double X(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
