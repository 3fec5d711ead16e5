using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Handshake;

namespace WsAot.Native.Tests.Proxies;

/// <summary>The published file on loopback with a proxy in front of it, as docs/how-to/proxies.md has them.</summary>
internal sealed class ProxiedServer : IAsyncDisposable
{
    /// <summary>The name by which clients know the proxy.</summary>
    public const string Host = "app.example.com";

    private ProxiedServer(ServerProcess server, ProxyProcess proxy)
    {
        Server = server;
        Proxy = proxy;
    }

    public ServerProcess Server { get; }

    public ProxyProcess Proxy { get; }

    /// <summary>The proxy's port.</summary>
    public int Port => Proxy.Port;

    public static async Task<ProxiedServer> StartAsync(
        PublishedApp app, string proxy, string? without = null, int? idleSeconds = null, params string[] options)
    {
        ServerProcess server = await app.StartAsync([.. ProxiesPage.ServerOptions, .. options]);
        try
        {
            return new ProxiedServer(server, await ProxyProcess.StartAsync(Proxies.Proxy.Named(proxy), server.Port, without, idleSeconds));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects through the proxy.</summary>
    public Task<RawConnection> UpgradeAsync(string path) => RawConnection.UpgradeAsync(Port, path, Host);

    /// <summary>Connects through the proxy.</summary>
    public Task<DotNetClient> ConnectAsync(string path, bool compressed = false) =>
        DotNetClient.ConnectAsync($"ws://127.0.0.1:{Port}{path}", options =>
        {
            options.SetRequestHeader("Host", Host);
            if (compressed) options.DangerousDeflateOptions = new();
        });

    /// <summary>The status that an upgrade from a page of this origin gets.</summary>
    public async Task<string> UpgradeStatusAsync(string origin)
    {
        using RawConnection connection = await RawConnection.OpenAsync(Port);
        await connection.SendAsync(ExampleHandshake.Request("/echo", Host, "Origin: " + origin));
        return (await connection.ReadHeadAsync()).Split(' ')[1];
    }

    /// <summary>Stops the server, as <see cref="ServerProcess.StopAsync"/>, and leaves the proxy.</summary>
    public Task StopServerAsync() => Server.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Server.DisposeAsync();
    }
}
