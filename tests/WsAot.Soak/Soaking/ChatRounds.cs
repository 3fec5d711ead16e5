using System.Net.Sockets;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Soaking;

/// <summary>
/// Rooms of six members that all send at once, each room with its own name. The messages of a round are less than the server keeps for a
/// slow reader (1 MiB), so no member may miss any.
/// </summary>
internal sealed class ChatRounds(SoakLoad load, Random random) : ISoakPeer
{
    private const int Members = 6;
    private const int MessagesEach = 60;
    private const int MaxMessageBytes = 2 * 1024;
    private const int Window = 8;

    private static int s_rounds;
    private static volatile string s_currentPath = "/chat/none";

    /// <summary>The room of the latest round, for clients that get killed in it.</summary>
    public static string CurrentPath => s_currentPath;

    public async Task VisitAsync(ServerUnderTest server)
    {
        string path = $"/chat/round-{Interlocked.Increment(ref s_rounds)}";
        TaskCompletionSource begin = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int missing = Members;
        void Arrived()
        {
            if (Interlocked.Decrement(ref missing) > 0) return;
            s_currentPath = path;
            begin.TrySetResult();
        }

        int[] seeds = [.. Enumerable.Range(0, Members).Select(_ => random.Next())];
        await Task.WhenAll(seeds.Select((seed, i) => MemberAsync(server, path, i, new Random(seed), Arrived, begin.Task)));
        Interlocked.Increment(ref load.Counts.ChatRounds);
        await load.PauseAsync(random.Next(200));
    }

    private async Task MemberAsync(ServerUnderTest server, string path, int me, Random mine, Action arrived, Task begin)
    {
        string who = $"chat member {me}";
        bool hasArrived = false;
        using CancellationTokenSource patience = new(Visit.Patience);
        SoakClient? client = null;
        try
        {
            client = await Visit.ConnectAsync(load, server, path, load.OffersDeflate && me % 2 == 0, patience.Token);
            if (client is null) return;
            ChatLedger ledger = new(who, Members, MessagesEach, load.Faults);
            Progress progress = new();
            TaskCompletionSource heardSelf = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<int?> reading = ReadAsync(client, ledger, heardSelf, progress, patience.Token);
            bool isSelfClosed = false;
            try
            {
                await client.SendMessageAsync(Opcode.Text, ChatLedger.Message(me, 0, 24), 1, false, patience.Token);
                await Task.WhenAny(heardSelf.Task, reading);
                hasArrived = true;
                arrived();
                await Task.WhenAny(begin, reading);
                for (int number = 1; number <= MessagesEach && !reading.IsCompleted; number++)
                {
                    while (number - ledger.LastOf(me) > Window && !reading.IsCompleted) await progress.WaitAsync(reading);
                    byte[] message = ChatLedger.Message(me, number, mine.Next(MaxMessageBytes));
                    await client.SendMessageAsync(Opcode.Text, message, 1 + mine.Next(2), mine.Next(8) == 0, patience.Token);
                }

                while (!ledger.IsComplete && !reading.IsCompleted) await progress.WaitAsync(reading);
                if (!reading.IsCompleted)
                {
                    await client.CloseAsync(1000, patience.Token);
                    isSelfClosed = true;
                }
            }
            catch (SocketException)
            {
                // The server ended the connection; the reader reports how.
            }

            int? code = await reading.WaitAsync(patience.Token);
            Interlocked.Add(ref load.Counts.ChatMessages, ledger.Heard);
            if (isSelfClosed && code == 1000) ledger.OnCompleted();
            else if (EndCheck.OnUnasked(who, code, server.IsStopping, load.Faults)) Interlocked.Increment(ref load.Counts.ToldGoingAway);
        }
        finally
        {
            // The others must not wait for a member that cannot connect.
            if (!hasArrived) arrived();
            client?.Dispose();
        }
    }

    private static async Task<int?> ReadAsync(
        SoakClient client, ChatLedger ledger, TaskCompletionSource heard, Progress progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            Incoming incoming = await client.ReceiveAsync(cancellationToken);
            if (incoming.IsEnd) return incoming.CloseCode;
            if (!incoming.IsMessage) continue;
            heard.TrySetResult();
            ledger.OnReceived(incoming.Payload);
            progress.Set();
        }
    }
}
