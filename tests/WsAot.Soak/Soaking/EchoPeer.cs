using System.Net.Sockets;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Soaking;

/// <summary>Sends messages of all kinds and checks every answer. A stalling client does not read for a while, and then continues.</summary>
internal sealed class EchoPeer(SoakLoad load, Random random, bool stalls) : ISoakPeer
{
    private const int Window = 16;

    public async Task VisitAsync(ServerUnderTest server)
    {
        using CancellationTokenSource patience = new(Visit.Patience);
        using SoakClient? client = await Visit.ConnectAsync(
            load, server, "/echo", load.OffersDeflate && random.Next(4) > 0, patience.Token);
        if (client is null) return;
        EchoLedger ledger = new(stalls ? "stalling echo" : "echo", load.Faults);
        TaskCompletionSource reads = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!stalls) reads.SetResult();
        Progress progress = new();
        Task<int?> reading = ReadAsync(client, ledger, reads.Task, progress, patience.Token);
        Task stalling = stalls ? StallAsync(reads) : Task.CompletedTask;

        int messages = stalls ? 40 + random.Next(40) : 1 + random.Next(200);
        bool isWhole = await SendAsync(client, ledger, messages, reading, progress, patience.Token);
        await stalling;
        bool isSelfClosed = false;
        if (isWhole)
        {
            // Wait until all are answered or the connection has ended.
            while (ledger.Outstanding > 0 && !reading.IsCompleted) await progress.WaitAsync(reading);
            isSelfClosed = !reading.IsCompleted && await TryCloseAsync(client, patience.Token);
        }

        int? code = await reading;
        Interlocked.Add(ref load.Counts.Echoes, ledger.Answered);
        if (isSelfClosed && code is 1000)
        {
            ledger.OnCompleted();
            return;
        }

        // A server that stops waits only for the close timeout, so a stalling client may miss its close frame.
        if (stalls && server.IsStopping) return;
        if (EndCheck.OnUnasked("echo", code, server.IsStopping, load.Faults)) Interlocked.Increment(ref load.Counts.ToldGoingAway);
    }

    private async Task StallAsync(TaskCompletionSource reads)
    {
        Interlocked.Increment(ref load.Counts.Stalls);
        await load.PauseAsync(200 + random.Next(2000));
        reads.SetResult();
    }

    private async Task<int?> ReadAsync(
        SoakClient client, EchoLedger ledger, Task mayRead, Progress progress, CancellationToken cancellationToken)
    {
        await mayRead;
        while (true)
        {
            Incoming incoming = await client.ReceiveAsync(cancellationToken);
            if (incoming.IsEnd) return incoming.CloseCode;
            if (incoming.IsMessage)
            {
                ledger.OnReceived(incoming.Kind, incoming.Payload);
                Interlocked.Add(ref load.Counts.EchoBytes, incoming.Payload.Length);
                progress.Set();
            }
            else if (!incoming.Payload.AsSpan().SequenceEqual("between"u8))
            {
                load.Faults.Add("echo: a pong that answers no ping");
            }
        }
    }

    private async Task<bool> SendAsync(
        SoakClient client, EchoLedger ledger, int messages, Task reading, Progress progress, CancellationToken cancellationToken)
    {
        try
        {
            for (int i = 0; i < messages && !reading.IsCompleted; i++)
            {
                // For a stalling client, send more than the server may keep.
                while (!stalls && ledger.Outstanding >= Window && !reading.IsCompleted) await progress.WaitAsync(reading);
                if (load.IsEnding && i > 0) break;
                Opcode opcode = random.Next(2) == 0 ? Opcode.Text : Opcode.Binary;
                int length = stalls ? 32 * 1024 + random.Next(32 * 1024) : Payloads.Length(random);
                byte[] payload = opcode == Opcode.Text ? Payloads.Text(random, length) : Payloads.Binary(random, length);
                int fragments = random.Next(3) == 0 ? 1 + random.Next(8) : 1;
                bool pings = fragments > 1 && random.Next(2) == 0;
                if (pings) Interlocked.Add(ref load.Counts.Pings, fragments - 1);
                ledger.OnSending(opcode, payload);
                await client.SendMessageAsync(opcode, payload, fragments, pings, cancellationToken);
                if (random.Next(50) == 0) await load.PauseAsync(random.Next(100));
            }

            return true;
        }
        catch (SocketException)
        {
            // The server ended the connection; the reader reports how.
            return false;
        }
    }

    private static async Task<bool> TryCloseAsync(SoakClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.CloseAsync(1000, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
