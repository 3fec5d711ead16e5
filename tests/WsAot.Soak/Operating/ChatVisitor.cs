using System.Net.Sockets;
using WsAot.Soak.Checks;
using WsAot.Soak.Soaking;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Operating;

/// <summary>
/// A room of a few members that send in turn. If a sender receives its own message, it was published, so all members must receive it. The
/// exception is a room split between two processes, which share no topics: then some members get 1012, and the room is given up.
/// </summary>
internal sealed class ChatVisitor(OperatingLoad load, ServerAddress server, Random random) : IVisitor
{
    private const int Members = 4;
    private const int MaxRounds = 20;

    private static int s_rooms;

    public async Task VisitAsync(CancellationToken patience)
    {
        string path = $"/chat/operating-{Interlocked.Increment(ref s_rooms)}";
        Progress progress = new();
        List<ChatMember> members = [];
        try
        {
            for (int i = 0; i < Members; i++)
            {
                bool offersDeflate = random.Next(2) == 0;
                CountingClient client = await CountingClient.ConnectAsync(server, path, load.Tallies.Chat, offersDeflate, patience);
                ChatMember member = new(client, new ChatLedger($"chat member {i}", Members, MaxRounds, load.Faults), progress);
                member.Listen(patience);
                members.Add(member);
            }

            await TalkAsync(members, progress, patience);
            await LeaveAsync(members, patience);
        }
        finally
        {
            foreach (ChatMember member in members) member.Dispose();
        }
    }

    private async Task TalkAsync(List<ChatMember> members, Progress progress, CancellationToken patience)
    {
        int rounds = 1 + random.Next(MaxRounds);
        for (int number = 1; number <= rounds && !load.IsEnding; number++)
        {
            for (int speaker = 0; speaker < Members; speaker++)
            {
                if (!await TrySayAsync(members, speaker, number, progress, patience)) return;
            }

            await load.PauseAsync(random.Next(60));
        }
    }

    /// <returns>False if a member's connection was closed.</returns>
    private async Task<bool> TrySayAsync(
        List<ChatMember> members, int speaker, int number, Progress progress, CancellationToken patience)
    {
        byte[] message = ChatLedger.Message(speaker, number, random.Next(2048));
        try
        {
            await members[speaker].Client.SendUncountedAsync(Opcode.Text, message, patience);
        }
        catch (SocketException)
        {
            // The reader reports how it ended.
            return false;
        }

        Task ends = Task.WhenAny(members.Select(static member => member.Reading));
        while (!members.TrueForAll(member => member.Ledger.LastOf(speaker) == number))
        {
            if (ends.IsCompleted) return false;
            patience.ThrowIfCancellationRequested();
            await progress.WaitAsync(ends);
        }

        load.Tallies.Chat.OnSent(Opcode.Text, message.Length);
        return true;
    }

    private async Task LeaveAsync(List<ChatMember> members, CancellationToken patience)
    {
        foreach (ChatMember member in members)
        {
            try
            {
                if (!member.Reading.IsCompleted) await member.Client.SayGoodbyeAsync(patience);
            }
            catch (SocketException)
            {
                // The connection ends meanwhile.
            }

            load.Note(member.Client.OnEnd(await member.Reading));
        }
    }
}
