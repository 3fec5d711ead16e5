using System.Net;
using System.Net.Sockets;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace WsAot.Nats.Tests.Harness;

/// <summary>Three NATS servers that are one cluster.</summary>
internal sealed class NatsCluster : IAsyncDisposable
{
    private const int Size = 3;

    private NatsCluster(NatsServer[] servers) => Servers = servers;

    public NatsServer[] Servers { get; }

    public string Url => string.Join(',', Servers.Select(static server => server.Url));

    public static async Task<NatsCluster> StartAsync()
    {
        // They must know each other's ports before they start.
        int[] ports = FreePorts(2 * Size);
        string routes = string.Join(',', ports[Size..].Select(static port => $"nats://127.0.0.1:{port}"));
        NatsServer[] servers = await Task.WhenAll(Enumerable.Range(0, Size).Select(i => NatsServer.StartAtAsync(
            ports[i],
            "-n", $"n{i}", "--no_advertise", "--cluster_name", "test",
            "--cluster", $"nats://127.0.0.1:{ports[Size + i]}", "--routes", routes)));
        var cluster = new NatsCluster(servers);
        await cluster.WaitForLeaderAsync();
        return cluster;
    }

    /// <summary>Waits until JetStream has a leader, who knows the others.</summary>
    public async Task WaitForLeaderAsync()
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = Url });
        var jetStream = new NatsJSContext(connection);
        await Wait.UntilAsync(async () =>
        {
            try
            {
                await jetStream.GetAccountInfoAsync();
                return true;
            }
            catch (Exception exception) when (exception is NatsException or OperationCanceledException)
            {
                return false;
            }
        });
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
