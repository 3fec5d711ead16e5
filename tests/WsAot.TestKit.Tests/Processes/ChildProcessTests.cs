using System.Diagnostics;
using WsAot.TestKit.Processes;

namespace WsAot.TestKit.Tests.Processes;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task Both_outputs_and_the_exit_code_come_back()
    {
        CommandResult result = await ChildProcess.RunAsync(Shell("cat; echo out; echo \"$KIT\" >&2; exit 3", new() { ["KIT"] = "err" }));
        Assert.Equal(new CommandResult(3, "out\n", "err\n"), result);
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_killed_and_quoted()
    {
        TimeoutException exception = await Assert.ThrowsAsync<TimeoutException>(
            () => ChildProcess.RunAsync(Shell("echo begun; exec sleep 1000"), TimeSpan.FromMilliseconds(500)));
        Assert.Contains("did not end", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_awaited_and_a_signal_ends_it()
    {
        using Process process = ChildProcess.Start(Shell("echo one; echo listening on ws://127.0.0.1:81; echo three; exec sleep 1000"));
        var output = new OutputLines(process.StandardOutput);
        using CancellationTokenSource guard = new(TimeSpan.FromMinutes(1));
        string line = Assert.Single(await output.WaitForAsync(ChildProcess.IsAnnouncement, 1, guard.Token));
        Assert.Equal(81, ChildProcess.AddressOf(line).Port);
        Assert.False(await ChildProcess.EndsAsync(process, TimeSpan.FromMilliseconds(1)));
        Signals.Send(process.Id, Signal.Terminate);
        Assert.True(await ChildProcess.EndsAsync(process, TimeSpan.FromMinutes(1)));
        await output.EndAsync();
        Assert.Equal("one\nlistening on ws://127.0.0.1:81\nthree", output.ToString());
        Assert.Empty(await output.WaitForAsync(static line => line == "four", 1, guard.Token));
    }

    [Fact]
    public void Settings_of_the_server_are_taken_out_of_the_environment()
    {
        Environment.SetEnvironmentVariable("WSAOT_KIT", "1");
        try
        {
            ProcessStartInfo start = Shell("");
            Assert.Contains("WSAOT_KIT", start.Environment.Keys);
            ChildProcess.RemoveSettings(start);
            Assert.DoesNotContain("WSAOT_KIT", start.Environment.Keys);
        }
        finally
        {
            Environment.SetEnvironmentVariable("WSAOT_KIT", null);
        }
    }

    private static ProcessStartInfo Shell(string script, Dictionary<string, string?>? environment = null) =>
        ChildProcess.Describe("/bin/sh", ["-c", script], Path.GetTempPath(), environment);
}
