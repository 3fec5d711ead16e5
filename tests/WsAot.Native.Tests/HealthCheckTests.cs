using System.Net;
using System.Net.Sockets;
using WsAot.TestKit.Certificates;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>What a container's HEALTHCHECK runs.</summary>
[Collection(PublishedFile.Name)]
public sealed class HealthCheckTests(PublishedApp app)
{
    [RequiresTheory]
    [InlineData("ws://127.0.0.1:{0}", "ws://127.0.0.1:{0}")]
    [InlineData("ws://*:{0}", "ws://*:{0}")]
    [InlineData("ws://0.0.0.0:{0}", "ws://0.0.0.0:{0}")]
    [InlineData("ws://localhost:{0};ws://127.0.0.2:{0}", "ws://127.0.0.2:{0};ws://localhost:{0}")]
    public async Task A_server_that_runs_is_healthy(string listens, string asks)
    {
        ArgumentNullException.ThrowIfNull(listens);
        ArgumentNullException.ThrowIfNull(asks);
        int port = FreePort();
        await using ServerProcess server = await ServerProcess.StartAsync(
            app.File,
            ["--urls", With(listens, port), "--allowed-hosts", "example.com"],
            PublishedApp.NewWorkingFolder(),
            addresses: listens.Split(';').Length);
        Dictionary<string, string?> environment = new() { ["WSAOT_URLS"] = With(asks, port) };
        CommandResult result = await app.RunAsync(["--healthcheck"], environment: environment);
        Assert.True(result.ExitCode == 0, result.All);
        Assert.Equal("", result.All);
        await server.StopAsync();
    }

    [RequiresFact]
    public async Task A_server_that_is_not_there_or_does_not_answer_is_not_healthy()
    {
        await ExpectAsync(FreePort(), "Cannot connect: Connection refused.");
        await ExpectAsync(0, "port 0 means any port: name the port that the server listens on.");

        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        await ExpectAsync(((IPEndPoint)silent.LocalEndpoint).Port, "Cannot receive: it timed out.");
    }

    [RequiresFact]
    public async Task A_server_that_answers_with_another_status_is_not_healthy()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task answer = AnswerAsync(listener);
        await ExpectAsync(((IPEndPoint)listener.LocalEndpoint).Port, "it answered 'HTTP/1.1 503 Service Unavailable'.");
        await answer;
    }

    [RequiresFact]
    public async Task A_server_with_TLS_is_asked_where_it_has_none()
    {
        int port = FreePort();
        string[] options =
        [
            "--urls", With("wss://127.0.0.1:1;ws://127.0.0.1:{0}", port),
            "--tls-certificate-file", "is not read", "--redirect-http", "https",
        ];
        using TcpListener listener = new(IPAddress.Loopback, port);
        listener.Start();
        Task answer = AnswerAsync(listener, "308 Permanent Redirect");
        CommandResult led = await app.RunAsync(["--healthcheck", .. options]);
        Assert.True(led.ExitCode == 0, led.All);
        await answer;
    }

    [RequiresFact]
    public async Task A_server_with_TLS_alone_is_asked_by_TLS()
    {
        using TestCertificates certificates = new();
        IReadOnlyList<string> files = certificates.Create().ServerOptions;
        int port = FreePort();
        string[] options = ["--urls", With("wss://127.0.0.1:{0}", port), .. files];
        await using ServerProcess server = await ServerProcess.StartAsync(app.File, options, PublishedApp.NewWorkingFolder());
        CommandResult healthy = await app.RunAsync(["--healthcheck", .. options]);
        Assert.True(healthy.ExitCode == 0, healthy.All);
        // What is asked is no TLS.
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task answer = Task.Run(async () =>
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        });
        string url = With("wss://127.0.0.1:{0}", ((IPEndPoint)listener.LocalEndpoint).Port);
        CommandResult none = await app.RunAsync(["--healthcheck", "--urls", url, "--tls-certificate-file", "is not read"]);
        Assert.Equal(1, none.ExitCode);
        Assert.StartsWith($"wsaot: {url} is not healthy: The TLS handshake failed: ", none.All, StringComparison.Ordinal);
        await answer;
        await server.StopAsync();
    }

    [RequiresFact]
    public async Task A_wrong_option_is_one_here_too()
    {
        CommandResult result = await app.RunAsync(["--healthcheck", "--urls", "http://127.0.0.1:80"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    private async Task ExpectAsync(int port, string fault)
    {
        string url = With("ws://127.0.0.1:{0}", port);
        CommandResult result = await app.RunAsync(["--urls", url, "--healthcheck"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"wsaot: {url} is not healthy: {fault}\n", result.All);
    }

    private static async Task AnswerAsync(TcpListener listener, string status = "503 Service Unavailable")
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[16]);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"));
        client.Client.Shutdown(SocketShutdown.Send);
        // Until it has read all: a reset would take the answer away.
        while (await stream.ReadAsync(new byte[256]) > 0)
        {
        }
    }

    private static string With(string urls, int port) => string.Format(System.Globalization.CultureInfo.InvariantCulture, urls, port);

    /// <summary>One that was free a moment ago. Nothing else here asks for a port by its number.</summary>
    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
