using System.Threading.Channels;
using Fleet;

/// <summary>
/// Measures at an interval that the server sets, and reports. Without a connection, it goes on measuring, and keeps the last 1,000
/// measurements until the client has connected again.
/// </summary>
internal sealed class Reporter(DeviceClient client, Func<double> measure)
{
    private readonly Channel<Measurement> _unreported =
        Channel.CreateBounded<Measurement>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>The time from one measurement to the next.</summary>
    public int IntervalMs { get; set; } = 1000;

    /// <summary>Measures and reports until it is told to stop.</summary>
    /// <exception cref="RpcConnectionException">The client is closed, and does not connect again.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        // A device that subscribes is in the list of devices that are there.
        using RpcSubscription commands = client.Devices().Subscribe(new DevicesHandlers { MeasureEvery = ms => IntervalMs = (int)ms });
        try
        {
            // The client may be closed for good: measuring alone is of no use then.
            await await Task.WhenAny(MeasureAsync(stopping), ReportAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task MeasureAsync(CancellationToken stopping)
    {
        while (true)
        {
            _unreported.Writer.TryWrite(new Measurement { Celsius = measure(), Time = DateTimeOffset.UtcNow });
            await Task.Delay(IntervalMs, stopping);
        }
    }

    private async Task ReportAsync(CancellationToken stopping)
    {
        await foreach (Measurement measurement in _unreported.Reader.ReadAllAsync(stopping))
        {
            while (!await TryReportAsync(measurement, stopping))
            {
            }
        }
    }

    // Without a connection, the call waits for the next one. If the connection breaks before the answer, nobody knows whether the server
    // has the measurement: it is reported again, and the page ignores a measurement that it has.
    private async Task<bool> TryReportAsync(Measurement measurement, CancellationToken stopping)
    {
        try
        {
            await client.SubmitAsync(measurement, stopping);
            return true;
        }
        catch (RpcConnectionException) when (client.State != RpcClientState.Closed)
        {
            return false;
        }
    }
}
