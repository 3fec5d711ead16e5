using System.Diagnostics;
using System.Globalization;
using WsAot.Soak.Abusing;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.Soak.Wire;
using WsAot.TestKit.Reporting;

namespace WsAot.Soak.SlowReading;

/// <summary>
/// A client that takes something stays connected, however slow it is; a client that takes nothing is disconnected in the time that the
/// options set. Tested in a busy room, and on an echo whose client sends more than it reads.
/// </summary>
internal sealed class SlowReadingRun(SlowReadingOptions options, TextWriter output, RunProgress? progress = null)
{
    private const string RoomPath = "/chat/busy";
    private const int MessageBytes = 4000;
    // Enough to fill a kernel's send buffer of 4 MiB and the server's queue within seconds.
    private const int RoomBytesPerSecond = 1_000_000;
    private const int RoundMs = 50;

    private static readonly TimeSpan s_catchUpPatience = TimeSpan.FromSeconds(30);
    // What it takes where all is well.
    private static readonly TimeSpan s_catchUp = TimeSpan.FromSeconds(5);

    public Faults Faults { get; } = new();

    /// <summary>Whether there were no faults.</summary>
    public async Task<bool> RunAsync()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(
            options.Server,
            options.UsesTls,
            "--transport",
            options.Transport,
            "--ping-interval-ms",
            Milliseconds(options.PingInterval),
            "--pong-timeout-ms",
            Milliseconds(options.PongTimeout));
        await output.WriteLineAsync(
            $"slow-readers: {options.Duration.TotalSeconds} s, {options.Wire}, a ping after "
            + $"{options.PingInterval.TotalSeconds} s, a pong within {options.PongTimeout.TotalSeconds} s; who takes nothing has "
            + $"{options.MaxStall.TotalSeconds} s");
        SlowReader[] readers = Open(server.Address);
        try
        {
            progress?.ExpectSeconds((options.Duration + s_catchUp).TotalSeconds);
            progress?.Begin($"{readers.Length} slow readers", options.Duration.TotalSeconds);
            Hold(readers, server.Address);
            progress?.Begin("they catch up", s_catchUp.TotalSeconds);
            CatchUp(readers);
            await ReportAsync(readers);
        }
        finally
        {
            foreach (SlowReader reader in readers) reader.Dispose();
        }

        await server.StopAsync(Faults);
        await output.WriteLineAsync($"  faults {Faults.Count}");
        foreach (string line in Faults.First) await output.WriteLineAsync("    " + line);
        return Faults.Count == 0;
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);

    private SlowReader[] Open(ServerAddress server)
    {
        byte[] traffic = MaskedFrame.Create(Opcode.Binary, new byte[MessageBytes]);
        int[] rates = [.. options.BytesPerSecond, 0];
        return
        [
            .. rates.Select(rate => new SlowReader("chat", rate, server, RoomPath, traffic: null)),
            .. rates.Select(rate => new SlowReader("echo", rate, server, "/echo", traffic)),
        ];
    }

    private void Hold(SlowReader[] readers, ServerAddress server)
    {
        using Flooder room = new(server, RoomPath, MessageBytes, RoomBytesPerSecond);
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < options.Duration; Thread.Sleep(RoundMs))
        {
            room.Round();
            foreach (SlowReader reader in readers) reader.Round();
        }
    }

    private static void CatchUp(SlowReader[] readers)
    {
        foreach (SlowReader reader in readers) reader.CatchUp();
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < s_catchUpPatience && !readers.All(IsDone); Thread.Sleep(1))
        {
            foreach (SlowReader reader in readers) reader.Round();
        }
    }

    private static bool IsDone(SlowReader reader) => reader.IsStalled || reader.IsAnswered || reader.GoneAfter is not null;

    private async Task ReportAsync(SlowReader[] readers)
    {
        await output.WriteLineAsync("route   KB/s  read KiB  messages  pings  end");
        foreach (SlowReader reader in readers)
        {
            await output.WriteLineAsync(reader.ToString());
            if (reader.IsStalled)
            {
                // A reader whose time is not over may still be connected.
                if ((reader.GoneAfter ?? options.Duration) > options.MaxStall) Faults.Add($"stayed too long: {reader}");
            }
            else if (!reader.IsAnswered)
            {
                Faults.Add($"was not served: {reader}");
            }
        }
    }
}
