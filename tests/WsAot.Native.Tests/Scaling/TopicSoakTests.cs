using WsAot.Native.Tests.Harness;
using WsAot.Soak.Nodes;
using WsAot.Soak.Recovering;
using Xunit.Abstractions;

namespace WsAot.Native.Tests.Scaling;

/// <summary>A slice of what tests/WsAot.Soak does with topics for as long as it is told to.</summary>
[Collection(PublishedFile.Name)]
public sealed class TopicSoakTests(PublishedApp app, ITestOutputHelper output)
{
    [RequiresFact(Tool.NatsServer)]
    public async Task While_servers_and_NATS_fail_each_client_gets_every_message_once_or_is_told()
    {
        using StringWriter report = new();
        NodesRun run = new(
            new NodesOptions
            {
                Server = await app.FileWithNatsAsync(),
                Duration = TimeSpan.FromSeconds(12),
                FailureInterval = TimeSpan.FromSeconds(3),
                Clients = 12,
                Rooms = 2,
            },
            report);
        bool isRight = await run.RunAsync();
        output.WriteLine(report.ToString());
        Assert.True(isRight, report.ToString());
        Assert.True(run.Confirmed > 0 && run.Failures > 0, report.ToString());
    }

    [RequiresFact]
    public async Task A_crowd_that_comes_back_gets_all_that_it_has_missed()
    {
        using StringWriter report = new();
        RecoverRun run = new(new RecoverOptions { Server = app.File, Connections = 300, AsksPresence = true }, report);
        bool isRight = await run.RunAsync();
        output.WriteLine(report.ToString());
        Assert.True(isRight, report.ToString());
    }
}
