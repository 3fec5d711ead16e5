using WsAot.Native.Tests.Harness;
using WsAot.Soak.Abusing;
using WsAot.Soak.Latency;
using WsAot.Soak.Soaking;
using Xunit.Abstractions;

namespace WsAot.Native.Tests;

/// <summary>
/// Ten seconds of what tests/WsAot.Soak does for as long as it is told to. How long an answer takes is only printed: other tests
/// and builds share the machine.
/// </summary>
public abstract class SoakTests(
    PublishedApp app, ITestOutputHelper output, string transport, string compression, bool usesTls = false)
{
    [RequiresFact]
    public async Task Nothing_is_lost_and_nothing_stays()
    {
        using StringWriter report = new();
        SoakRun run = new(
            new SoakOptions
            {
                Server = app.File,
                UsesTls = usesTls,
                Duration = TimeSpan.FromSeconds(10),
                Transport = transport,
                Compression = compression,
                Restarts = 2,
                Clients = 12,
            },
            report);
        bool isRight = await run.RunAsync();
        output.WriteLine(report.ToString());
        Assert.True(isRight, report.ToString());
        Assert.True(run.Counts.Echoes > 0 && run.Counts.ChatMessages > 0 && run.Counts.Stalls > 0, report.ToString());
        Assert.True(run.Counts.KillsByReset > 0 && run.Counts.KillsByFin > 0, report.ToString());
        Assert.Equal(2, run.Counts.Restarts);
    }
}

/// <summary>And abuse: its kinds are the server's own work. By hand the tool runs them on sockets and over TLS, too.</summary>
public abstract class SoakAndAbuseTests(PublishedApp app, ITestOutputHelper output, string transport, string compression)
    : SoakTests(app, output, transport, compression)
{
    private readonly PublishedApp _app = app;
    private readonly ITestOutputHelper _output = output;
    private readonly string _transport = transport;
    private readonly string _compression = compression;

    [RequiresFact]
    public async Task Abuse_of_every_kind_costs_bounded_memory()
    {
        using StringWriter report = new();
        AbuseRun run = new(
            new AbuseOptions
            {
                Server = _app.File,
                Connections = 50,
                Hold = TimeSpan.FromMilliseconds(500),
                Transport = _transport,
                Compression = _compression,
                ChecksLatency = false,
            },
            report);
        bool isRight = await run.RunAsync();
        _output.WriteLine(report.ToString());
        Assert.True(isRight, report.ToString());
        Assert.True(run.DescriptorsAfter <= run.DescriptorsBefore, report.ToString());
    }

    [RequiresFact]
    public async Task Honest_clients_are_served_beside_an_attacker_of_each_kind()
    {
        using StringWriter report = new();
        LatencyRun run = new(
            new LatencyOptions
            {
                Server = _app.File,
                Transports = [_transport],
                Attackers = [1],
                WarmUp = TimeSpan.FromMilliseconds(100),
                Hold = TimeSpan.FromMilliseconds(300),
                AudienceDivisor = 40,
            },
            report);
        bool isRight = await run.RunAsync();
        _output.WriteLine(report.ToString());
        Assert.True(isRight, report.ToString());
        Assert.Equal(Attacks.All.Count, run.Cells.Count);
        Assert.All(run.Cells, cell => Assert.True(cell.Echoes.Count > 0, report.ToString()));
    }
}

[Collection(PublishedFile.Name)]
public sealed class EpollSoakTests(PublishedApp app, ITestOutputHelper output) : SoakAndAbuseTests(app, output, "epoll", "shared");

[Collection(PublishedFile.Name)]
public sealed class SocketsSoakTests(PublishedApp app, ITestOutputHelper output) : SoakTests(app, output, "sockets", "dedicated");

[Collection(PublishedFile.Name)]
public sealed class TlsSoakTests(PublishedApp app, ITestOutputHelper output) : SoakTests(app, output, "epoll", "shared", usesTls: true);
