using System.Diagnostics;
using System.Text;
using System.Text.Json;
using WsAot.Soak.Abusing;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.Soak.Wire;
using WsAot.TestKit.Reporting;

namespace WsAot.Soak.Recovering;

/// <summary>A crowd comes back at once, and each gets the same messages that it has missed; an echo runs beside it all the time.</summary>
internal sealed class RecoverRun(RecoverOptions options, TextWriter output, RunProgress? progress = null)
{
    private const string Topic = "rooms/crowd";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public Faults Faults { get; } = new();

    /// <summary>Whether there were no faults.</summary>
    public async Task<bool> RunAsync()
    {
        progress?.ExpectSteps(options.AsksPresence ? 4 : 3);
        progress?.Begin($"opening {options.Connections} connections");
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(options.Server, usesTls: false);
        long epoch = Publish(server.Address);
        using RecoveringCrowd crowd = new(server.Address, options.Connections, options.Messages);
        using HonestClient echo = new(server.Address);
        progress?.Begin("idle");
        await Task.Delay(2000);
        await output.WriteLineAsync(
            $"recover: {options.Connections} connections, {options.Messages} messages; {Describe("idle", echo.Take())}");
        progress?.Begin($"{options.Messages} messages to each");
        long resident = server.ResidentBytes, peak = resident;
        TimeSpan cpu = server.CpuTime;
        long start = Stopwatch.GetTimestamp();
        string presence = options.AsksPresence ? ",\"presence\":true" : "";
        crowd.Subscribe($$$"""{"topic":"{{{Topic}}}","since":{"epoch":{{{epoch}}},"offset":0}{{{presence}}}}""");
        while (crowd.Complete < options.Connections && Stopwatch.GetElapsedTime(start) < s_patience)
        {
            peak = Math.Max(peak, server.ResidentBytes);
            await Task.Delay(5);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        cpu = server.CpuTime - cpu;
        EchoTimes echoes = echo.Take();
        long messages = (long)options.Connections * options.Messages;
        await output.WriteLineAsync(
            $"  all recovered after {time.TotalSeconds:F2} s: {messages / time.TotalSeconds:F0} messages a second, "
            + $"{cpu.TotalMicroseconds / messages:F2} us of the server's processor each, "
            + $"at most {(peak - resident) / 1_000_000.0:F1} MB more resident; {Describe("meanwhile", echoes)}");
        if (options.AsksPresence) await WatchPresenceAsync(crowd, echo);
        if (crowd.Complete < options.Connections) Faults.Add($"only {crowd.Complete} have all messages");
        foreach (string fault in crowd.FindFaults()) Faults.Add(fault);
        if (echo.Fault is { } lost) Faults.Add($"the echo: {lost}");
        await server.StopAsync(Faults);
        foreach (string line in server.Complaints) Faults.Add($"in the server's log: {line}");
        await output.WriteLineAsync($"  {Faults.Count} faults");
        foreach (string line in Faults.First) await output.WriteLineAsync("    " + line);
        return Faults.Count == 0;
    }

    private static string Describe(string when, EchoTimes times) =>
        $"{times.Count} echoes {when} took {times.P50:F2} ms at p50, {times.P99:F2} at p99, {times.Max:F1} at most";

    private async Task WatchPresenceAsync(RecoveringCrowd crowd, HonestClient echo)
    {
        progress?.Begin("presence");
        await Task.Delay(2000);
        await output.WriteLineAsync(
            $"  {crowd.CountChanges()} changes of presence were told; {Describe("then", echo.Take())}");
    }

    /// <summary>Publishes the messages that the clients have missed.</summary>
    /// <returns>The epoch of the topic.</returns>
    private long Publish(ServerAddress server)
    {
        using ClientSocket socket = OpeningHandshake.Open(server, "/rooms");
        byte[] buffer = new byte[4096];
        string text = new('x', options.TextBytes);
        for (int i = 0; i < options.Messages; i++)
        {
            Say($$"""{"jsonrpc":"2.0","method":"Say","params":["crowd","{{text}}"],"id":1}""");
        }

        string subscribe = $$"""{"jsonrpc":"2.0","method":"$/subscribe","params":{"topic":"{{Topic}}","since":"now"},"id":1}""";
        JsonElement answer = JsonElement.Parse(Say(subscribe));
        return answer.GetProperty("result").GetProperty("epoch").GetInt64();

        string Say(string message)
        {
            socket.Send(MaskedFrame.Create(Opcode.Text, Encoding.UTF8.GetBytes(message)));
            int length = socket.Receive(buffer);
            return Encoding.UTF8.GetString(buffer, 2, length - 2);
        }
    }
}
