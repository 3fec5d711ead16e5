using System.Net;
using System.Net.Sockets;

namespace WsAot.Nats.Tests.Harness;

/// <summary>Three NATS servers that are one cluster.</summary>
internal sealed class NatsTrio : IAsyncDisposable
{
    private const int Size = 3;

    private NatsTrio(NatsServer[] servers) => Servers = servers;

    public NatsServer[] Servers { get; }

    public string Url => string.Join(',', Servers.Select(static server => server.Url));

    /// <summary>Starts them. They agree on a leader when they have found each other; servers of ours wait for that.</summary>
    public static async Task<NatsTrio> StartAsync()
    {
        // They must know each other's ports before they start.
        int[] ports = FreePorts(2 * Size);
        string routes = string.Join(',', ports[Size..].Select(static port => $"nats://127.0.0.1:{port}"));
        NatsServer[] servers = await Task.WhenAll(Enumerable.Range(0, Size).Select(i => NatsServer.StartAtAsync(
            ports[i],
            "-n",
            $"n{i}",
            "--no_advertise",
            "--cluster_name",
            "test",
            "--cluster",
            $"nats://127.0.0.1:{ports[Size + i]}",
            "--routes",
            routes)));
        return new NatsTrio(servers);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NatsServer server in Servers) await server.DisposeAsync();
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(static listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners) listener.Dispose();
        return ports;
    }
}
