using WsAot.Conformance.Suite;
using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Certificates;

namespace WsAot.Native.Tests;

/// <summary>The same over TLS, which epoll alone speaks: nothing that WebSocket asks for may depend on how the bytes came.</summary>
[Collection(PublishedFile.Name)]
public sealed class TlsConformanceTests(PublishedApp app)
{
    [RequiresFact]
    public async Task Every_case_of_the_suite_passes_over_TLS()
    {
        using TestCertificates certificates = new();
        await using ServerProcess server = await ServerProcess.StartAsync(
            app.File,
            ["--urls", "wss://127.0.0.1:0", "--transport", "epoll", "--compression", "shared", .. certificates.Create().ServerOptions],
            PublishedApp.NewWorkingFolder());
        SuiteOptions options = new()
        {
            Target = new Uri(server.Url + "/echo"),
            Jobs = 12,
            // Guards only: the others that run on this machine must not decide.
            Guard = TimeSpan.FromSeconds(30),
            LargeGuard = TimeSpan.FromMinutes(2),
        };
        await ConformanceRun.ExpectAllToPassAsync(options, atLeast: 1000);
        await server.StopAsync();
    }
}
