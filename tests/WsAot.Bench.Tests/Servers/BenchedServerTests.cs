using WsAot.Bench.Servers;

namespace WsAot.Bench.Tests.Servers;

public sealed class BenchedServerTests
{
    // Only a guard.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly int s_core = Enumerable.Range(0, 1024).First(CpuAffinity.Has);

    [Fact]
    public async Task A_server_that_died_is_reported_with_its_exit_code_and_last_words()
    {
        using BenchedServer server = await StartAsync("echo listening; echo 'out of tea' >&2; exit 7");
        BenchException exception = await Assert.ThrowsAsync<BenchException>(() => server.DuringAsync(
            Task.FromException<int>(new BenchException("Connection reset by peer"))));
        Assert.Equal("Connection reset by peer. It ended with 7.\nout of tea", exception.Message);
    }

    [Fact]
    public async Task A_server_that_lives_is_not_said_to_have_ended()
    {
        using BenchedServer server = await StartAsync("echo listening; exec sleep 1000");
        BenchException exception = await Assert.ThrowsAsync<BenchException>(() => server.DuringAsync(
            Task.FromException<int>(new BenchException("Wrong answer."))));
        Assert.Equal("Wrong answer.", exception.Message);
        Assert.Equal(5, await server.DuringAsync(Task.FromResult(5)));
    }

    [Fact]
    public async Task A_server_that_does_not_start_says_why()
    {
        BenchException exception = await Assert.ThrowsAsync<BenchException>(() => StartAsync("echo 'no tea' >&2; exit 3"));
        Assert.Equal("/bin/sh does not listen: it said ''. It ended with 3.\nno tea", exception.Message);
    }

    [Fact]
    public async Task Children_end_with_it_and_do_not_keep_the_bench()
    {
        string file = Path.GetTempFileName();
        BenchedServer server = await StartAsync($"sleep 1000 & echo $! > '{file}'; echo listening; wait");
        string child = (await File.ReadAllTextAsync(file)).Trim();
        Assert.True(IsRunning(child));
        await Task.Run(server.Dispose).WaitAsync(s_patience);
        using CancellationTokenSource guard = new(s_patience);
        while (IsRunning(child)) await Task.Delay(5, guard.Token);
        File.Delete(file);
    }

    private static Task<BenchedServer> StartAsync(string script) =>
        BenchedServer.StartAsync(new Launch("/bin/sh", ["-c", script]), 1, [s_core]);

    // A process that nobody has waited for is a zombie: state Z, after the name in parentheses.
    private static bool IsRunning(string id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
