using WsAot.Bench.Reporting;

namespace WsAot.Bench.Tests.Reporting;

public sealed class ProgressTests
{
    [Fact]
    public void It_tells_how_far_it_is_and_how_long_the_rest_takes()
    {
        using var terminal = new StringWriter();
        using (var progress = new Progress(terminal, seconds: 200))
        {
            progress.Begin("first");
            progress.End(50);
            progress.Begin("second");
            progress.End(150);
        }

        string[] shown = terminal.ToString().Split("\r\e[K", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["0%, about 4 min left: first", "25%, about 3 min left: second"], shown);
        Assert.EndsWith("\r\e[K", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_terminal_nothing_is_shown()
    {
        using var progress = new Progress(null, seconds: 0);
        progress.Begin("first");
        progress.End(1);
    }
}
