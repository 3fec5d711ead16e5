using WsAot.Native.Tests.Harness;
using WsAot.Soak.Operating;
using Xunit.Abstractions;

namespace WsAot.Native.Tests.Operations;

/// <summary>Some seconds of what <c>tests/WsAot.Soak operate</c> does for ten minutes.</summary>
[Collection(PublishedFile.Name)]
public sealed class OperatingTests(PublishedApp app, ITestOutputHelper output)
{
    [RequiresFact]
    public async Task Through_reloads_restarts_and_abuse_the_metrics_are_what_clients_have_counted()
    {
        using StringWriter report = new();
        OperatingRun run = new(
            new OperatingOptions
            {
                Server = app.File,
                Duration = TimeSpan.FromSeconds(6),
                ReloadInterval = TimeSpan.FromMilliseconds(700),
                DrainTimeout = TimeSpan.FromSeconds(20),
                Clients = 12,
                Abusers = 3,
            },
            report);
        bool isRight = await run.RunAsync();
        output.WriteLine(report.ToString());
        Assert.True(isRight, report.ToString());
        Tallies tallies = run.Load!.Tallies;
        Assert.True(tallies.Echo.Acknowledged > 0 && tallies.Chat.TextsSent > 0 && !tallies.Calls.IsEmpty, report.ToString());
        Assert.True(tallies.Echo.Stopped > 0 && run.Reloads > 0 && run.Scrapes > 3 && run.Balance!.Compared > 20, report.ToString());
    }
}
