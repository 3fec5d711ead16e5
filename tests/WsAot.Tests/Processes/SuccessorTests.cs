using System.Text;
using WsAot.Processes;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.Tests.Processes;

/// <summary>The process that is to take over, with a shell in its place.</summary>
public sealed class SuccessorTests
{
    private const string Shell = "/bin/sh";

    // What is waited for comes at once; this only keeps a fault from hanging the tests.
    private const int GuardMs = 60_000;

    [Fact]
    public void It_reports_over_the_pipe() => Assert.Null(Run("printf 1 > /proc/self/fd/${WSAOTPREDECESSOR%%;*}"));

    [Fact]
    public void One_that_ends_without_a_report_is_said_with_its_exit_code() => Assert.Equal("it ended with exit code 3", Run("exit 3"));

    [Fact]
    public void One_that_is_killed_is_said_with_the_signal() => Assert.Equal("it was ended by signal 9", Run("kill -9 $$"));

    [Fact]
    public void One_that_does_not_report_in_time_is_ended() =>
        Assert.Equal("it did not listen within 10 ms", Run("exec sleep 1000", timeoutMs: 10));

    [Fact]
    public void One_that_is_not_wanted_any_more_is_ended() =>
        Assert.Equal("this process was told to stop", Run("exec sleep 1000", isGivenUp: true));

    [Fact]
    public void A_file_that_is_not_there_cannot_be_started()
    {
        TransportException exception = Assert.Throws<TransportException>(() => Successor.Start("/no/such/file", [], new()));
        Assert.StartsWith("/no/such/file cannot be started: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_what_was_typed_if_that_is_a_path()
    {
        var program = new ProgramStart();
        Assert.Equal("/opt/current/server", program.FindFile(["/opt/current/server"u8.ToArray(), "--help"u8.ToArray()]));
        Assert.Equal(Path.GetFullPath("./server"), program.FindFile(["./server"u8.ToArray()]));
        Assert.Equal(Environment.ProcessPath, program.FindFile(["server"u8.ToArray()]));
        Assert.Equal(Environment.ProcessPath, program.FindFile([]));
    }

    [Fact]
    public void The_command_line_and_the_environment_are_those_of_this_process()
    {
        List<byte[]> arguments = ProgramStart.ReadArguments();
        Assert.Equal(Environment.GetCommandLineArgs()[^1], Encoding.UTF8.GetString(arguments[^1]));
        string[] variables = [.. ProgramStart.ReadEnvironment("WSAOT_TEST", "a=b").Select(Encoding.UTF8.GetString)];
        Assert.Equal("WSAOT_TEST=a=b", variables[0]);
        Assert.Contains($"PATH={Environment.GetEnvironmentVariable("PATH")}", variables);
    }

    private static string? Run(string script, int timeoutMs = GuardMs, bool isGivenUp = false)
    {
        byte[][] arguments = [.. new[] { Shell, "-c", script }.Select(Encoding.UTF8.GetBytes)];
        using var successor = Successor.Start(Shell, arguments, new InheritedListeners());
        return successor.WaitUntilReady(timeoutMs, () => isGivenUp);
    }
}
