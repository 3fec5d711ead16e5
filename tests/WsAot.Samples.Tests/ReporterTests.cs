using System.Threading.Channels;
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
        var reported = Channel.CreateUnbounded<double>();
        ChannelReader<double> values = reported.Reader;
        await using var page = new WatchClient(address);
        using RpcSubscription watching = page.Measurements().Subscribe(
            new MeasurementsHandlers { Measured = (_, measurement) => reported.Writer.TryWrite(measurement.Celsius) });
        await watching.Ready.WaitAsync(s_patience);

        int measured = 0;
        var later = new TaskCompletionSource();
        double Measure()
        {
            if (++measured == 8) later.SetResult();
            return measured;
        }

        using var network = new Network(breaksAt: "\"celsius\":4,");
        await using var client = new DeviceClient(address, "attic", new RpcClientOptions { Connect = network.ConnectAsync });
        using var stop = new CancellationTokenSource();
        Task running = new Reporter(client, Measure) { IntervalMs = 20 }.RunAsync(stop.Token);
        await network.Broken.WaitAsync(s_patience);
        await later.Task.WaitAsync(s_patience);          // it goes on measuring
        network.Mend();
        var seen = new List<double>();
        while (seen.Count < 10) seen.Add(await values.ReadAsync().AsTask().WaitAsync(s_patience));
        stop.Cancel();
        await running.WaitAsync(s_patience);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], seen);
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
}
