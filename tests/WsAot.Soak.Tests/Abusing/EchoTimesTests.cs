using WsAot.Soak.Abusing;

namespace WsAot.Soak.Tests.Abusing;

public sealed class EchoTimesTests
{
    [Fact]
    public void Nothing_was_counted() => Assert.Equal(default, EchoTimes.Of([], 0));

    [Fact]
    public void The_figures_are_those_of_the_sorted_times()
    {
        double[] times = [.. Enumerable.Range(1, 200).Select(static ms => (double)ms)];
        new Random(1).Shuffle(times);
        Assert.Equal(new EchoTimes(200, 101, 199, 200), EchoTimes.Of(times, waitingMs: 0));
    }

    [Fact]
    public void An_echo_that_is_out_for_long_counts() => Assert.Equal(new EchoTimes(3, 2, 5000, 5000), EchoTimes.Of([1, 2], 5000));

    [Fact]
    public void The_only_one_that_is_out_is_all_there_is() => Assert.Equal(new EchoTimes(1, 7, 7, 7), EchoTimes.Of([], 7));

    [Fact]
    public void One_that_has_just_been_sent_does_not() => Assert.Equal(new EchoTimes(3, 2, 3, 3), EchoTimes.Of([1, 2, 3], 0.5));

    [Fact]
    public void Of_several_clients_the_worst_is_shown() => Assert.Equal(
        new EchoTimes(30, 5, 9, 100), EchoTimes.WorstOf([new EchoTimes(10, 5, 6, 7), new EchoTimes(20, 1, 9, 100)]));
}
