using WsAot.TestKit.Reporting;
using WsAot.TestKit.Time;

namespace WsAot.TestKit.Tests.Reporting;

public sealed class RunProgressTests : IDisposable
{
    private const string Clear = "\r\e[K";

    private readonly ManualTime _time = new();
    private readonly StringWriter _written = new() { NewLine = "\n" };

    [Fact]
    public void On_a_terminal_one_line_tells_what_runs_and_how_far_it_is_and_how_long_the_rest_takes()
    {
        using (RunProgress progress = OnTerminal())
        {
            progress.ExpectSeconds(200);
            progress.Begin("first", 50);
            _time.Advance(20_000);
            _time.Advance(30_000);
            progress.Begin("second", 150);
            _time.Advance(100_000);
        }

        Assert.Equal(
            [
                "0%, about 4 min left: first", "10%, about 3 min left: first", "25%, about 3 min left: first",
                "25%, about 3 min left: second", "75%, about 50 s left: second",
            ],
            Lines());
        Assert.EndsWith($"second{Clear}", _written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Piped_there_is_a_plain_line_for_each_tenth()
    {
        using (RunProgress progress = Piped())
        {
            progress.ExpectSeconds(600);
            progress.Begin("warm-up", 100);
            for (int i = 0; i < 100; i++) _time.Advance(1000);
            progress.Begin("load", 500);
            for (int i = 0; i < 600; i++) _time.Advance(1000);
        }

        string[] lines = _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, lines.Length);
        Assert.Equal("0% after 0 s, about 10 min left: warm-up", lines[0]);
        Assert.Equal("10% after 60 s, about 9 min left: warm-up", lines[1]);
        Assert.Equal("20% after 2 min, about 8 min left: load", lines[2]);
        Assert.Equal("90% after 9 min, about 60 s left: load", lines[9]);
        Assert.DoesNotContain(_written.ToString(), static character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public void Piped_there_is_at_most_a_line_each_second()
    {
        using RunProgress progress = Piped();
        progress.ExpectSteps(100);
        for (int i = 0; i < 100; i++)
        {
            progress.Begin($"step {i}");
            _time.Advance(19);
        }

        Assert.Equal("0% after 0 s: step 0\n52% after 1 s, less than 10 s left: step 52\n", _written.ToString());
    }

    [Fact]
    public void Steps_of_unknown_length_have_no_estimate_until_one_has_ended()
    {
        using RunProgress progress = OnTerminal();
        progress.ExpectSteps(4);
        progress.Begin("a");
        _time.Advance(30_000);
        progress.Begin("b");
        _time.Advance(10_000);
        Assert.Equal(["0%: a", "25%, about 90 s left: b", "25%, about 80 s left: b"], Lines());
    }

    [Fact]
    public void The_estimate_follows_the_steps_that_have_ended()
    {
        // They take twice as long as expected; the first tenth still counts as expected.
        using RunProgress progress = OnTerminal(refreshes: false);
        progress.ExpectSeconds(1000);
        progress.Begin("a", 100);
        _time.Advance(200_000);
        progress.Begin("b", 800);
        _time.Advance(1_600_000);
        progress.Begin("c", 100);
        Assert.Equal(["0%, about 17 min left: a", "10%, about 23 min left: b", "90%, about 4 min left: c"], Lines());
    }

    [Fact]
    public void What_takes_longer_than_expected_is_never_done_before_its_end()
    {
        using RunProgress progress = OnTerminal();
        progress.ExpectSeconds(10);
        progress.Begin("a", 10);
        _time.Advance(3_600_000);
        Assert.Equal("99%, less than 10 s left: a", Lines()[^1]);
    }

    [Fact]
    public void A_day_is_told_in_hours()
    {
        using RunProgress progress = OnTerminal();
        progress.ExpectSeconds(24 * 3600);
        progress.Begin("a", 24 * 3600);
        Assert.Equal(["0%, about 24.0 h left: a"], Lines());
    }

    [Fact]
    public void Before_anything_is_expected_only_the_name_is_shown()
    {
        using (RunProgress progress = OnTerminal())
        {
            progress.Begin("building");
            progress.ExpectSteps(2);
            progress.Begin("a");
        }

        Assert.Equal(["building", "0%: a"], Lines());
        _written.GetStringBuilder().Clear();
        using RunProgress piped = Piped();
        piped.Begin("building");
        _time.Advance(5000);
        piped.Begin("starting");
        Assert.Equal("building\nstarting\n", _written.ToString());
    }

    [Fact]
    public void A_line_of_the_output_stands_above_the_progress()
    {
        using RunProgress progress = OnTerminal();
        TextWriter output = progress.Above(_written);
        progress.ExpectSteps(2);
        progress.Begin("a");
        output.WriteLine("result");
        Assert.Equal($"{Clear}0%: a{Clear}result\n{Clear}0%: a", _written.ToString());
    }

    [Fact]
    public async Task Piped_the_output_is_written_as_it_is()
    {
        using RunProgress progress = Piped();
        Assert.Same(_written, progress.Above(_written));
        using RunProgress terminal = OnTerminal();
        await terminal.Above(_written).WriteLineAsync("two\nlines");
        Assert.Equal("two\nlines\n", _written.ToString());
    }

    [Fact]
    public void A_line_that_is_wider_than_the_terminal_is_cut()
    {
        using RunProgress progress = OnTerminal(columns: 24);
        progress.ExpectSteps(2);
        progress.Begin("a name that is too long");
        Assert.Equal(["0%: a name that is too…"], Lines());
    }

    [Fact]
    public void A_step_can_say_what_it_does()
    {
        using RunProgress progress = OnTerminal();
        progress.ExpectSteps(2);
        progress.Begin("a");
        progress.Rename("b");
        Assert.Equal(["0%: a", "0%: b"], Lines());
    }

    [Fact]
    public void After_the_end_nothing_is_shown()
    {
        RunProgress progress = OnTerminal();
        progress.ExpectSteps(2);
        progress.Begin("a");
        progress.Dispose();
        string before = _written.ToString();
        progress.Begin("b");
        _time.Advance(5000);
        Assert.Equal(before, _written.ToString());
    }

    public void Dispose() => _written.Dispose();

    private RunProgress OnTerminal(int columns = 80, bool refreshes = true) => new(_written, () => columns, _time, refreshes);

    private RunProgress Piped() => new(_written, null, _time);

    private string[] Lines() => _written.ToString().Split(Clear, StringSplitOptions.RemoveEmptyEntries);
}
