using WsAot.Bench.Profiling;

namespace WsAot.Bench.Tests.Profiling;

public sealed class ReportTests
{
    [Fact]
    public void What_perf_prints()
    {
        string text =
            """
            # Overhead|Shared Object|Symbol
                12.50%|[kernel.kallsyms]|[k] tcp_ack
                 2.25%|wsaot            |[.] WsAot_Sessions_Session__Write    |-      -
                 1.00%|libc.so.6        |[.] __send
            """;
        Assert.Equal(
            [
                new ProfileRow(0.125, CodeOwner.Kernel, "tcp_ack"),
                new ProfileRow(0.0225, CodeOwner.File, "WsAot_Sessions_Session__Write"),
                new ProfileRow(0.01, CodeOwner.Library, "__send"),
            ],
            PerfReport.Parse(text, "wsaot"));
    }

    [Theory]
    [InlineData("#\n# Samples: 85  of event 'cpu-clock'\n", 85)]
    [InlineData("#\n# Samples: 8K of event 'cpu-clock'\n", 8000)]
    [InlineData("#\n# Samples: 1M of event 'cpu-clock:u'\n", 1_000_000)]
    [InlineData("# Total Lost Samples: 300\n", 0)]
    public void How_often_perf_looked(string text, long expected) => Assert.Equal(expected, PerfReport.Samples(text));

    [Fact]
    public void What_callgrind_prints()
    {
        string text =
            """
            Ir
            1,000 (100.0%)  PROGRAM TOTALS
            500 (50.00%)  ???:WsAot_Sessions_Session__Write [???]
            250 (25.00%)  ???:RhpPInvoke [/out/wsaot]
            125 (12.50%)  ./socket/../sysdeps/recv.c:recv [/usr/lib/libc.so.6]
            """;
        (IReadOnlyList<ProfileRow> rows, long instructions) = CallgrindReport.Parse(text, "/out/wsaot");
        Assert.Equal(1000, instructions);
        Assert.Equal(
            [
                new ProfileRow(0.5, CodeOwner.File, "WsAot_Sessions_Session__Write"),
                new ProfileRow(0.25, CodeOwner.File, "RhpPInvoke"),
                new ProfileRow(0.125, CodeOwner.Library, "recv"),
            ],
            rows);
    }
}
