using System.Collections.Concurrent;
using Fleet;

namespace WsAot.Samples.Tests;

/// <summary>The program for a device, with the client that WsAot generates, against a server on 127.0.0.1.</summary>
public class ReporterTests
{
    // A guard only.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task It_connects_again_by_itself_and_reports_what_it_has_measured_meanwhile()
    {
        await using WsServer server = await StartAsync();
        var address = new Uri(server.Urls[0]);
        var values = new BlockingCollection<double>();
        await using var page = new WatchClient(address);
        using RpcSubscription watching = page.Measurements().Subscribe(
            new MeasurementsHandlers { Measured = (_, measurement) => values.Add(measurement.Celsius) });
        await watching.Ready.WaitAsync(s_patience);

        int measured = 0;
        using var network = new Network();
        await using var client = new DeviceClient(address, "attic", new RpcClientOptions { Connect = network.ConnectAsync });
        using var stop = new CancellationTokenSource();
        Task running = new Reporter(client, () => Interlocked.Increment(ref measured)) { IntervalMs = 20 }.RunAsync(stop.Token);
        var seen = new List<double>();
        await TakeUntilAsync(values, seen, 3);

        network.Break();
        int atLeast = Volatile.Read(ref measured) + 3;
        while (Volatile.Read(ref measured) < atLeast) await Task.Delay(1);
        network.Mend();
        await TakeUntilAsync(values, seen, atLeast + 3);
        stop.Cancel();
        await running.WaitAsync(s_patience);

        // Nothing is missing, and the order is that of measuring. A report that was not answered when the connection broke may come twice.
        Assert.Equal(Enumerable.Range(1, (int)seen[^1]).Select(static value => (double)value), seen.Distinct());
        Assert.InRange(seen.Count - seen.Distinct().Count(), 0, 1);
        Assert.Equal(2, network.Connections);
    }

    [Fact]
    public async Task It_ends_when_its_client_is_closed_for_good()
    {
        await using WsServer server = await StartAsync();
        var client = new DeviceClient(new Uri(server.Urls[0]), "attic");
        Task running = new Reporter(client, static () => 1) { IntervalMs = 5 }.RunAsync(CancellationToken.None);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<RpcConnectionException>(() => running.WaitAsync(s_patience));
    }

    private static async Task<WsServer> StartAsync()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(Devices.WsRoutes.Table);
        builder.Options.Urls = "ws://127.0.0.1:0";
        WsServer server = builder.Build();
        await server.StartAsync();
        return server;
    }

    private static Task TakeUntilAsync(BlockingCollection<double> values, List<double> seen, int last) => Task.Run(() =>
    {
        do
        {
            Assert.True(values.TryTake(out double value, s_patience), $"No measurement after {string.Join(", ", seen)}.");
            seen.Add(value);
        }
        while (seen[^1] < last);
    });
}
