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
            [new ProfileRow(0.125, CodeOwner.Kernel, "tcp_ack"), new ProfileRow(0.0225, CodeOwner.File, "WsAot_Sessions_Session__Write"), new ProfileRow(0.01, CodeOwner.Library, "__send")],
            PerfReport.Parse(text, "wsaot"));
    }

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
            [new ProfileRow(0.5, CodeOwner.File, "WsAot_Sessions_Session__Write"), new ProfileRow(0.25, CodeOwner.File, "RhpPInvoke"), new ProfileRow(0.125, CodeOwner.Library, "recv")],
            rows);
    }
}
