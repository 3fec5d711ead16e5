using System.Diagnostics;
using WsAot.Nats.Tests.Harness;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.TestKit.Reporting;

namespace WsAot.Soak.FanningOut;

/// <summary>
/// One client publishes to many subscribers: on one server alone, and on two servers connected by NATS. Compares the cost of a delivery on
/// the server that only receives from NATS with its cost on the single server.
/// </summary>
internal sealed class FanOutRun(FanOutOptions options, TextWriter output, RunProgress? progress = null)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public Faults Faults { get; } = new();

    /// <summary>Whether there were no faults.</summary>
    public async Task<bool> RunAsync()
    {
        var alone = new List<double>();
        var publishing = new List<double>();
        var hearing = new List<double>();
        progress?.ExpectSteps(2 * options.Runs);
        for (int run = 0; run < options.Runs; run++)
        {
            progress?.Begin($"run {run + 1} of {options.Runs}, a server alone");
            alone.Add(await MeasureAloneAsync());
            progress?.Begin($"run {run + 1} of {options.Runs}, two servers");
            (double one, double other) = await MeasureTwoAsync();
            publishing.Add(one);
            hearing.Add(other);
        }

        double local = Median(alone);
        await output.WriteLineAsync(
            $"fan-out: {options.Messages} messages of {options.PayloadBytes} bytes to {options.Subscribers} on each server, medians of "
            + $"{options.Runs} runs, microseconds of a server's processor for each delivery");
        await output.WriteLineAsync($"  {local:F3} on a server alone");
        await output.WriteLineAsync($"  {Describe(Median(hearing), local)} on the one that hears by NATS");
        await output.WriteLineAsync($"  {Describe(Median(publishing), local)} on the one that publishes to NATS too");
        foreach (string line in Faults.First) await output.WriteLineAsync("    " + line);
        return Faults.Count == 0;
    }

    private string Describe(double each, double local) =>
        $"{each:F3}, {each / local:F2} of that, {(each - local) * options.Subscribers:F0} us more for each message,";

    private static double Median(List<double> figures)
    {
        figures.Sort();
        return figures[figures.Count / 2];
    }

    private async Task<double> MeasureAloneAsync()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(options.Server, usesTls: false);
        using SubscriberCrowd crowd = new(server.Address, options.Subscribers);
        await SayAsync([crowd], 50);
        TimeSpan before = server.CpuTime;
        await SayAsync([crowd], options.Messages);
        return PerDelivery(server.CpuTime - before);
    }

    private async Task<(double One, double Other)> MeasureTwoAsync()
    {
        await using NatsServer nats = await NatsServer.StartAsync();
        await using ServerUnderTest one = await ServerUnderTest.StartAsync(options.Server, usesTls: false, "--nats-url", nats.Url);
        await using ServerUnderTest other = await ServerUnderTest.StartAsync(options.Server, usesTls: false, "--nats-url", nats.Url);
        using SubscriberCrowd here = new(one.Address, options.Subscribers);
        using SubscriberCrowd there = new(other.Address, options.Subscribers);
        // Wait until NATS knows both servers.
        await Task.Delay(1000);
        await SayAsync([here, there], 50);
        (TimeSpan oneBefore, TimeSpan otherBefore) = (one.CpuTime, other.CpuTime);
        await SayAsync([here, there], options.Messages);
        return (PerDelivery(one.CpuTime - oneBefore), PerDelivery(other.CpuTime - otherBefore));
    }

    /// <summary>Publishes the messages, each one after all subscribers have the one before.</summary>
    private async Task SayAsync(SubscriberCrowd[] crowds, int messages)
    {
        byte[] payload = new byte[options.PayloadBytes];
        long[] expected = [.. crowds.Select(static crowd => crowd.Heard)];
        Stopwatch patience = Stopwatch.StartNew();
        for (int i = 0; i < messages; i++)
        {
            crowds[0].Say(payload);
            for (int crowd = 0; crowd < crowds.Length; crowd++)
            {
                expected[crowd] += options.Subscribers;
                while (crowds[crowd].Heard < expected[crowd])
                {
                    if (patience.Elapsed > s_patience)
                    {
                        long missing = expected[crowd] - crowds[crowd].Heard;
                        Faults.Add($"message {i} did not reach {missing} of {options.Subscribers}");
                        return;
                    }

                    await Task.Delay(1);
                }
            }
        }
    }

    private double PerDelivery(TimeSpan cpu) => cpu.TotalMicroseconds / ((double)options.Messages * options.Subscribers);
}
