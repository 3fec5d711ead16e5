using WsAot.Bench.Profiling;

namespace WsAot.Bench.Tests.Profiling;

public sealed class ProfileTextTests
{
    private static readonly ProfileRow[] s_rows = [new(0.75, CodeOwner.Kernel, "tcp_ack"), new(0.25, CodeOwner.File, "Write")];

    [Fact]
    public void Too_few_samples_say_nothing()
    {
        string expected =
            """
            what it is made of (perf)
              % of the server's CPU time  kernel  wsaot  libraries      largest of wsaot
              enough                          75     25          0                 Write  25
              few                              -      -          -  too few samples: 199

            """;
        Assert.Equal(expected, ProfileText.Of([("enough", new PerfSample(s_rows, 200, 10)), ("few", new PerfSample(s_rows, 199, 10))]));
    }

    [Theory]
    [InlineData(200, "perf: 10.0 us of CPU a message\n")]
    [InlineData(199, "perf: 10.0 us of CPU a message; 199 samples are too few for what follows\n")]
    public void The_long_form_warns(long samples, string expected) =>
        Assert.StartsWith(expected, ProfileText.Of(new PerfSample(s_rows, samples, 10), 5), StringComparison.Ordinal);
}
