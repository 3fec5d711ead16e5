using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Handshake;

namespace WsAot.Native.Tests.Proxies;

/// <summary>The client's address through proxies: by headers, a Unix socket, the PROXY protocol. The client is 127.0.0.2.</summary>
[Collection(PublishedFile.Name)]
public sealed class ClientAddressTests(PublishedApp app)
{
    private const string Client = "127.0.0.2";
    private const string Spoofed = "X-Forwarded-For: 203.0.113.9";

    [RequiresFact(Proxy.Tools)]
    public async Task Nginx_names_the_client_through_a_Unix_socket()
    {
        string folder = PublishedApp.NewWorkingFolder();
        string name = Path.Combine(folder, "wsaot.sock");
        string[] options = ["--urls", "ws://unix:" + name, "--trusted-proxies", "unix", "--allowed-hosts", ProxiedServer.Host];
        await using ServerProcess server = await ServerProcess.StartAsync(app.File, [.. options, "--log-connections"], folder);
        Assert.Equal($"listening on ws://unix:{name}", Assert.Single(server.Output.All));
        CommandResult healthy = await app.RunAsync(["--healthcheck", .. options]);
        Assert.True(healthy.ExitCode == 0, healthy.All);

        var nginx = Proxy.Named("nginx");
        await using ProxyProcess proxy = await ProxyProcess.StartAsync(
            nginx, port => nginx.Block(port, 8080).Replace("127.0.0.1:8080", $"unix:{name}:", StringComparison.Ordinal));
        await ConnectAsync(proxy.Port);
        await ExpectOpenedAsync(server, Client + ":0");
        await server.StopAsync();
        Assert.False(File.Exists(name));
        CommandResult gone = await app.RunAsync(["--healthcheck", .. options]);
        Assert.Equal(1, gone.ExitCode);
    }

    [RequiresTheory(Proxy.Tools)]
    [InlineData("send-proxy")]
    [InlineData("send-proxy-v2")]
    public async Task HAProxy_names_the_client_by_the_PROXY_protocol(string option)
    {
        string[] options = [.. ProxiesPage.ServerOptions, "--proxy-protocol", "--log-connections"];
        await using ServerProcess server = await app.StartAsync(options);
        var haproxy = Proxy.Named("HAProxy");
        await using ProxyProcess proxy = await ProxyProcess.StartAsync(
            haproxy, port => haproxy.Block(port, server.Port).Replace(" check\n", $" check {option}\n", StringComparison.Ordinal));
        string check = await proxy.WaitForLineAsync("Health check for server wsaot/wsaot1 ");
        Assert.Contains("succeeded, reason: Layer7 check passed, code: 200", check, StringComparison.Ordinal);
        int clientPort = await ConnectAsync(proxy.Port);
        await ExpectOpenedAsync(server, $"{Client}:{clientPort}");
        await server.StopAsync();
    }

    [RequiresFact(Proxy.Tools)]
    public async Task HAProxy_passes_TLS_through_and_names_the_client_in_front_of_it()
    {
        using TestCertificates certificates = new();
        string[] hosts = ["--trusted-proxies", "127.0.0.1", "--allowed-hosts", ProxiedServer.Host];
        string[] options = [.. certificates.Create().ServerOptions, .. hosts];
        await using ServerProcess server = await ServerProcess.StartAsync(
            app.File, ["--urls", "wss://127.0.0.1:0?proxy-protocol", .. options, "--log-connections"], PublishedApp.NewWorkingFolder());
        string block = ProxiesPage.Block("haproxy", 1).Replace("127.0.0.1:8443", $"127.0.0.1:{server.Port}", StringComparison.Ordinal);
        await using ProxyProcess proxy = await ProxyProcess.StartAsync(
            Proxy.Named("HAProxy"), port => block.Replace("bind :443", $"bind 127.0.0.1:{port}", StringComparison.Ordinal));
        string check = await proxy.WaitForLineAsync("Health check for server wsaot/wsaot1 ");
        Assert.Contains("succeeded, reason: Layer7 check passed, code: 200", check, StringComparison.Ordinal);
        int clientPort = await ConnectAsync(proxy.Port, isSecure: true);
        await ExpectOpenedAsync(server, $"{Client}:{clientPort}");

        string[] asked = ["--urls", $"wss://127.0.0.1:{server.Port}?proxy-protocol", .. options];
        CommandResult healthy = await app.RunAsync(["--healthcheck", .. asked]);
        Assert.True(healthy.ExitCode == 0, healthy.All);
        await server.StopAsync();
    }

    private static async Task ExpectOpenedAsync(ServerProcess server, string address)
    {
        using CancellationTokenSource guard = new(Command.Patience);
        string[] lines = await server.Error.WaitForAsync(
            static line => line.Contains("Opened connection ", StringComparison.Ordinal), 1, guard.Token);
        Assert.Contains($" on /echo from {address}: ", Assert.Single(lines), StringComparison.Ordinal);
    }

    /// <summary>Opens a WebSocket, and ends it.</summary>
    /// <returns>The client's port.</returns>
    private static async Task<int> ConnectAsync(int port, bool isSecure = false)
    {
        using CancellationTokenSource guard = new(Command.Patience);
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(Client), 0));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), guard.Token);
        await using Stream plain = new NetworkStream(socket);
        // The name in it is not what this is about.
        await using SslStream? tls = isSecure ? new(plain, false, static (_, certificate, _, _) => certificate is not null) : null;
        if (tls is not null) await tls.AuthenticateAsClientAsync(ProxiedServer.Host);
        Stream stream = tls ?? plain;
        await stream.WriteAsync(ExampleHandshake.Request("/echo", ProxiedServer.Host, Spoofed), guard.Token);
        byte[] answer = new byte[12];
        await stream.ReadExactlyAsync(answer, guard.Token);
        Assert.Equal("HTTP/1.1 101", Encoding.ASCII.GetString(answer));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
