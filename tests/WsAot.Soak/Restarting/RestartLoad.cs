using System.Diagnostics;
using System.Net.Sockets;
using WsAot.Soak.Checks;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Restarting;

/// <summary>
/// Clients that connect and disconnect at a rate, and clients that stay and echo until they get 1012, and then reconnect at once. It is a
/// fault if a connection is refused, reset, or ended without a close frame.
/// </summary>
internal sealed class RestartLoad(ServerAddress server, RestartOptions options, Faults faults) : IAsyncDisposable
{
    private const int ServiceRestart = 1012;
    private const int Workers = 64;
    private const int EchoPauseMs = 100;
    private const int NormalClosure = 1000;

    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _tasks = [];
    private long _start;
    private long _nextConnect;
    private long _connects;
    private long _echoes;
    private long _told;

    public long Connects => Interlocked.Read(ref _connects);

    public long Echoes => Interlocked.Read(ref _echoes);

    /// <summary>How many clients got 1012.</summary>
    public long Told => Interlocked.Read(ref _told);

    public void Start()
    {
        _start = Stopwatch.GetTimestamp();
        for (int i = 0; i < options.Echoers; i++) _tasks.Add(Task.Run(StayAsync));
        for (int i = 0; i < Workers; i++) _tasks.Add(Task.Run(ComeAndGoAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_tasks);
        _end.Dispose();
    }

    private async Task ComeAndGoAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            long number = Interlocked.Increment(ref _nextConnect);
            double waitMs = (number * 1000.0 / options.ConnectsPerSecond) - Stopwatch.GetElapsedTime(_start).TotalMilliseconds;
            if (waitMs > 1) await Task.Delay((int)waitMs);
            if (_end.IsCancellationRequested) return;
            await VisitAsync("a visitor", async client =>
            {
                await client.CloseAsync(NormalClosure, CancellationToken.None);
                Incoming answer = await client.ReceiveAsync(CancellationToken.None);
                if (answer.CloseCode == ServiceRestart) Interlocked.Increment(ref _told);
                else if (answer.CloseCode != NormalClosure) faults.Add($"a visitor got {answer.CloseCode} in answer to its close frame");
            });
        }
    }

    private async Task StayAsync()
    {
        while (!_end.IsCancellationRequested) await VisitAsync("an echoer", EchoAsync);
    }

    private async Task VisitAsync(string who, Func<SoakClient, Task> visit)
    {
        try
        {
            using SoakClient client = await SoakClient.ConnectAsync(server, "/echo", offersDeflate: false, CancellationToken.None);
            Interlocked.Increment(ref _connects);
            await visit(client);
        }
        catch (Exception exception) when (exception is SocketException or WireException or EndOfStreamException)
        {
            faults.Add($"{who}: {exception.Message}");
        }
    }

    private async Task EchoAsync(SoakClient client)
    {
        byte[] payload = new byte[64];
        while (!_end.IsCancellationRequested)
        {
            Random.Shared.NextBytes(payload);
            try
            {
                await client.SendMessageAsync(Opcode.Binary, payload, fragments: 1, pingsBetween: false, CancellationToken.None);
            }
            catch (SocketException)
            {
                // The close frame tells the reason.
            }

            Incoming answer = await client.ReceiveAsync(CancellationToken.None);
            if (answer.IsEnd)
            {
                if (answer.CloseCode == ServiceRestart) Interlocked.Increment(ref _told);
                else faults.Add($"an echoer's connection ended with {answer.CloseCode?.ToString() ?? "no close frame"}");
                return;
            }

            if (!answer.Payload.AsSpan().SequenceEqual(payload)) faults.Add("an echoer got something else than it had said");
            Interlocked.Increment(ref _echoes);
            await Task.Delay(EchoPauseMs);
        }
    }
}
