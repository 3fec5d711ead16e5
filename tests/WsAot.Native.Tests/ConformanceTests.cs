using WsAot.Conformance.Suite;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>Every clause of RFC 6455, asked by a suite that knows nothing of this server (docs/explanation/conformance.md).</summary>
public abstract class ConformanceTests(PublishedApp app, string transport)
{
    // Without compression the suite sees to it that no offer of it is accepted.
    [RequiresTheory]
    [InlineData("none")]
    [InlineData("shared")]
    [InlineData("dedicated")]
    public async Task Every_case_of_the_suite_passes(string compression)
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport, "--compression", compression);
        SuiteOptions options = new()
        {
            Target = new Uri(server.Url + "/echo"),
            Compression = compression != "none",
            // Guards only: the others that run on this machine must not decide.
            Guard = TimeSpan.FromSeconds(30),
            LargeGuard = TimeSpan.FromMinutes(2),
        };
        await ConformanceRun.ExpectAllToPassAsync(options, atLeast: 1000);
        await server.StopAsync();
    }
}

[Collection(PublishedFile.Name)]
public sealed class EpollConformanceTests(PublishedApp app) : ConformanceTests(app, "epoll");

[Collection(PublishedFile.Name)]
public sealed class SocketsConformanceTests(PublishedApp app) : ConformanceTests(app, "sockets");
