using WsAot.Processes;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Processes;

public sealed class WatchdogTests : IDisposable
{
    private readonly TestServer _server = new(loops: 2);
    private readonly CancellationTokenSource _end = new();
    private int _signs;

    public WatchdogTests()
    {
        var watchdog = new Watchdog(
            Array.ConvertAll(_server.Server.Lifetime.Loops, static loop => loop.State),
            TimeSpan.FromSeconds(1),
            () => _signs++,
            _server.Server.Context);
        _ = watchdog.RunAsync(_end.Token);
    }

    public void Dispose()
    {
        _end.Cancel();
        _server.Dispose();
    }

    [Fact]
    public void Loops_that_answer_are_a_sign_of_life_each_time()
    {
        for (int i = 1; i <= 3; i++)
        {
            _server.Run();
            _server.Time.Advance(1000);
            Assert.Equal(i, _signs);
        }
    }

    [Fact]
    public void A_loop_that_hangs_ends_the_signs_until_it_goes_on()
    {
        _server.Run();
        _server.Time.Advance(1000);
        // No batch runs.
        for (int i = 0; i < 3; i++) _server.Time.Advance(1000);
        Assert.Equal(1, _signs);
        Assert.Single(_server.Log.Entries, static entry => entry.Id == 78);
        _server.Run();
        _server.Time.Advance(1000);
        Assert.Equal(2, _signs);
    }

    [Fact]
    public void At_its_end_it_asks_nobody_any_more()
    {
        _end.Cancel();
        _server.Run();
        _server.Time.Advance(10_000);
        Assert.Equal(0, _signs);
    }
}
