using System.Globalization;
using WsAot.Soak.Checks;
using WsAot.Soak.Operating;
using WsAot.TestKit.Frames;

namespace WsAot.Soak.Tests.Operating;

/// <summary>Whatever the metrics and the clients have counted differently is found.</summary>
public sealed class BalanceTests
{
    private readonly Faults _faults = new();

    [Fact]
    public void The_metrics_of_all_processes_together_are_what_clients_have_counted()
    {
        new Balance([Metrics(texts: 2, closed: 1), Metrics(texts: 3, closed: 0, stopped: 1)], _faults).Check(Counted(texts: 5));
        Assert.Empty(_faults.First);
    }

    [Theory]
    [InlineData("wsaot_messages_received_total{route=\"/echo\",kind=\"text\"} 5")]
    [InlineData("wsaot_messages_received_bytes_total{route=\"/echo\",kind=\"text\"} 15")]
    [InlineData("wsaot_messages_sent_total{route=\"/echo\",kind=\"close\"} 2")]
    [InlineData("wsaot_connections_opened_total{route=\"/echo\"} 2")]
    [InlineData("wsaot_connections_closed_total{route=\"/echo\",code=\"1000\",cause=\"closed\",by=\"peer\"} 1")]
    [InlineData("wsaot_connections_closed_total{route=\"/echo\",code=\"1012\",cause=\"stopping\",by=\"server\"} 1")]
    [InlineData("wsaot_rpc_calls_total{route=\"/rpc\",method=\"Sum\",outcome=\"ok\"} 7")]
    [InlineData("wsaot_rpc_calls_refused_total{route=\"/rpc\",code=\"-32601\"} 3")]
    [InlineData("wsaot_http_responses_total{status=\"404\",reason=\"not-found\"} 4")]
    [InlineData("wsaot_topic_publications_total 9")]
    public void A_sum_that_differs_by_one_is_a_fault(string sample)
    {
        string text = Text(texts: 5, opened: 2, closed: 1, stopped: 1);
        Assert.Contains(sample + '\n', text, StringComparison.Ordinal);
        int space = sample.LastIndexOf(' ');
        int value = int.Parse(sample.AsSpan(space + 1), CultureInfo.InvariantCulture);
        string wrong = string.Create(CultureInfo.InvariantCulture, $"{sample[..space]} {value - 1}");
        new Balance([new Scrape(text.Replace(sample, wrong, StringComparison.Ordinal))], _faults).Check(Counted(texts: 5));
        Assert.NotEmpty(_faults.First);
    }

    [Fact]
    public void An_end_of_another_kind_is_a_fault()
    {
        string text = Text(texts: 5, opened: 2, closed: 1, stopped: 1);
        Scrape scrape = new(text.Replace("cause=\"closed\"", "cause=\"reset\"", StringComparison.Ordinal));
        new Balance([scrape], _faults).Check(Counted(texts: 5));
        Assert.Contains(_faults.First, static fault => fault.EndsWith("no client ended so", StringComparison.Ordinal));
    }

    [Fact]
    public void A_counter_of_one_process_that_falls_is_a_fault()
    {
        Assert.Empty(Metrics(texts: 5).FindFallen(Metrics(texts: 4)));
        Assert.Contains(
            "wsaot_messages_received_total{route=\"/echo\",kind=\"text\"} has fallen from 5 to 4",
            Metrics(texts: 4).FindFallen(Metrics(texts: 5)));
        // Gauges come and go.
        Assert.Empty(Metrics(alive: 1).FindFallen(Metrics(alive: 9)));
    }

    [Fact]
    public void What_is_no_OpenMetrics_is_not_read() =>
        Assert.Throws<FormatException>(() => new Scrape(Text(texts: 1).Replace("# EOF", "", StringComparison.Ordinal)));

    private static Tallies Counted(int texts)
    {
        Tallies tallies = new() { NotFound = 4 };
        Tally echo = tallies.Echo;
        (echo.Opened, echo.Closed, echo.Stopped) = (2, 1, 1);
        for (int i = 0; i < texts; i++) echo.OnSent(Opcode.Text, 3);
        tallies.Chat.TextsSent = 9;
        tallies.Calls[("Sum", "ok")] = 7;
        tallies.RefusedCalls[-32601] = 3;
        return tallies;
    }

    private static Scrape Metrics(int texts = 0, int closed = 0, int stopped = 0, int alive = 0) =>
        new(Text(texts, 1, closed, stopped, alive, isSecond: stopped > 0));

    private static string Text(
        int texts = 0, int opened = 1, int closed = 0, int stopped = 0, int alive = 0, bool isSecond = false)
    {
        int once = isSecond ? 0 : 1;
        return $$"""
            # HELP wsaot_connections Help.
            # TYPE wsaot_connections gauge
            wsaot_connections{route="/echo",state="open"} {{alive}}
            # HELP wsaot_connections_opened Help.
            # TYPE wsaot_connections_opened counter
            wsaot_connections_opened_total{route="/echo"} {{opened}}
            # HELP wsaot_connections_closed Help.
            # TYPE wsaot_connections_closed counter
            wsaot_connections_closed_total{route="/echo",code="1000",cause="closed",by="peer"} {{closed}}
            wsaot_connections_closed_total{route="/echo",code="1012",cause="stopping",by="server"} {{stopped}}
            # HELP wsaot_http_responses Help.
            # TYPE wsaot_http_responses counter
            wsaot_http_responses_total{status="404",reason="not-found"} {{4 * once}}
            # HELP wsaot_messages_received Help.
            # TYPE wsaot_messages_received counter
            wsaot_messages_received_total{route="/echo",kind="text"} {{texts}}
            wsaot_messages_received_total{route="/chat/{room}",kind="text"} 9
            # HELP wsaot_messages_received_bytes Help.
            # TYPE wsaot_messages_received_bytes counter
            wsaot_messages_received_bytes_total{route="/echo",kind="text"} {{3 * texts}}
            # HELP wsaot_messages_sent Help.
            # TYPE wsaot_messages_sent counter
            wsaot_messages_sent_total{route="/echo",kind="close"} {{opened}}
            # HELP wsaot_rpc_calls Help.
            # TYPE wsaot_rpc_calls counter
            wsaot_rpc_calls_total{route="/rpc",method="Sum",outcome="ok"} {{7 * once}}
            # HELP wsaot_rpc_calls_refused Help.
            # TYPE wsaot_rpc_calls_refused counter
            wsaot_rpc_calls_refused_total{route="/rpc",code="-32601"} {{3 * once}}
            # HELP wsaot_topic_publications Help.
            # TYPE wsaot_topic_publications counter
            wsaot_topic_publications_total {{9 * once}}
            # EOF

            """;
    }
}
