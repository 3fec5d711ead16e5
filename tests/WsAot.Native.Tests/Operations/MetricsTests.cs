using System.Net;
using System.Net.Http.Headers;
using System.Text;
using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Text;

namespace WsAot.Native.Tests.Operations;

/// <summary>What the published file serves to Prometheus.</summary>
[Collection(PublishedFile.Name)]
public sealed class MetricsTests(PublishedApp app)
{
    private const string Listening = "The admin listener listens on ";
    private const string OpenMetrics = "application/openmetrics-text";

    [RequiresFact(Tool.Promtool)]
    public async Task Both_formats_are_valid_and_say_what_clients_have_done()
    {
        using TestCertificates certificates = new();
        string folder = PublishedApp.NewWorkingFolder();
        string token = Path.Combine(folder, "token");
        await File.WriteAllTextAsync(token, "a-token-of-some-length\n");
        await using ServerProcess server = await ServerProcess.StartAsync(
            app.File,
            [
                "--urls", "ws://127.0.0.1:0;wss://127.0.0.1:0", .. certificates.Create().ServerOptions,
                "--admin-urls", "http://127.0.0.1:0", "--admin-token-file", token, "--log-connections",
            ],
            folder,
            addresses: 2);
        await UseAsync(server);
        // They are counted when TCP has ended, which the clients do not hear of.
        await FindAsync(server, "Closed connection ", 2);
        string line = (await FindAsync(server, Listening, 1))[0];
        using HttpClient client = new();
        client.BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].TrimEnd('.'));
        Assert.Equal("ready\n", await client.GetStringAsync(new Uri("/readyz", UriKind.Relative)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "a-token-of-some-length");
        string text = await ScrapeAsync(client, "text/plain");
        ExpectCounts(text);
        string file = Path.Combine(folder, "metrics");
        await File.WriteAllTextAsync(file, text);
        // It reads its input only.
        CommandResult check = await Command.RunAsync("/bin/sh", ["-c", "exec \"$0\" check metrics <\"$1\"", Tools.Promtool, file]);
        Assert.True(check.ExitCode == 0, check.All);
        Assert.Equal("", check.All);

        client.DefaultRequestHeaders.Accept.ParseAdd(OpenMetrics + ";version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
        string openMetrics = await ScrapeAsync(client, OpenMetrics);
        ExpectCounts(openMetrics);
        Assert.Empty(OpenMetricsText.FindFaults(openMetrics));
        await server.StopAsync();
    }

    private static async Task UseAsync(ServerProcess server)
    {
        using (RawConnection echo = await RawConnection.UpgradeAsync(server.Port, "/echo"))
        {
            for (int i = 0; i < 3; i++)
            {
                await echo.SendAsync(RawConnection.Frame(0x81, "hello"u8));
                await echo.ReadFrameAsync();
            }

            await echo.SendAsync(RawConnection.Frame(0x88, [0x03, 0xE8]));
            await echo.ReadFrameAsync();
            await echo.ExpectEndAsync();
        }

        using (RawConnection rpc = await RawConnection.UpgradeAsync(server.Port, "/rpc"))
        {
            string[] calls = ["\"Sum\",\"params\":[[1,2]]", "\"Divide\",\"params\":[\"no number\"]", """ "\u0022made up\n" """];
            foreach (string call in calls)
            {
                await rpc.SendAsync(RawConnection.Frame(0x81, Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":{{call}}}""")));
                await rpc.ReadFrameAsync();
            }

            // No UTF-8.
            await rpc.SendAsync(RawConnection.Frame(0x81, [0xFF]));
            Assert.Equal(1007, await rpc.ReadCloseAsync());
        }

        using HttpClient client = new();
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(server.HttpUrl + "/nothing"))).StatusCode);
    }

    private static void ExpectCounts(string metrics)
    {
        string[] samples =
        [
            """wsaot_connections_opened_total{route="/echo"} 1""",
            """wsaot_connections_closed_total{route="/echo",code="1000",cause="closed",by="peer"} 1""",
            """wsaot_connections_closed_total{route="/rpc",code="1007",cause="protocol-error",by="server"} 1""",
            """wsaot_http_responses_total{status="101",reason="upgrade"} 2""",
            """wsaot_http_responses_total{status="404",reason="not-found"} 1""",
            """wsaot_messages_received_total{route="/echo",kind="text"} 3""",
            """wsaot_messages_sent_bytes_total{route="/echo",kind="text"} 15""",
            """wsaot_rpc_calls_total{route="/rpc",method="Sum",outcome="ok"} 1""",
            """wsaot_rpc_calls_refused_total{route="/rpc",code="-32602"} 1""",
            """wsaot_rpc_calls_refused_total{route="/rpc",code="-32601"} 1""",
            """wsaot_tls_handshakes_total{result="full"} 0""",
        ];
        string[] lines = metrics.Split('\n');
        Assert.Empty(samples.Except(lines));
        Assert.Single(lines, static line => line.StartsWith("wsaot_tls_certificate_expiry_timestamp_seconds{", StringComparison.Ordinal));
    }

    private static async Task<string> ScrapeAsync(HttpClient client, string type)
    {
        using HttpResponseMessage response = await client.GetAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Lines of the log.</summary>
    private static async Task<string[]> FindAsync(ServerProcess server, string text, int count)
    {
        using CancellationTokenSource guard = new(Command.Patience);
        string[] lines = await server.Error.WaitForAsync(line => line.Contains(text, StringComparison.Ordinal), count, guard.Token);
        Assert.Equal(count, lines.Length);
        return lines;
    }
}
