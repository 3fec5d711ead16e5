using System.Net.Sockets;
using WsAot.Soak.Processes;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Soaking;

/// <summary>A client that ends in the middle of a request head, a frame header, a payload or a message, with a reset or with FIN.</summary>
internal sealed class KilledPeer(SoakLoad load, Random random) : ISoakPeer
{
    public async Task VisitAsync(ServerUnderTest server)
    {
        using CancellationTokenSource patience = new(Visit.Patience);
        bool isChat = random.Next(3) == 0;
        using SoakClient? client = await Visit.ConnectAsync(
            load, server, isChat ? ChatRounds.CurrentPath : "/echo", load.OffersDeflate, patience.Token);
        if (client is null) return;
        try
        {
            byte[] frame = MaskedFrame.Create(
                Opcode.Text, Payloads.Text(random, 20 + random.Next(64 * 1024)), isFinal: random.Next(2) == 0);
            // First some whole echoes whose answers are not read, so that the server has output for a peer that is gone.
            if (!isChat && random.Next(2) == 0)
            {
                await client.SendMessageAsync(Opcode.Binary, Payloads.Binary(random, random.Next(64 * 1024)), 1, false, patience.Token);
            }

            await client.SendRawAsync(frame.AsMemory(0, 1 + random.Next(frame.Length - 1)), patience.Token);
            await load.PauseAsync(random.Next(50));
            if (random.Next(2) == 0)
            {
                Interlocked.Increment(ref load.Counts.KillsByReset);
                client.Reset();
                return;
            }

            Interlocked.Increment(ref load.Counts.KillsByFin);
            await client.HalfCloseAsync(patience.Token);
            // The server may answer complete messages; then it must end its side too.
            while (!(await client.ReceiveAsync(patience.Token)).IsEnd)
            {
            }
        }
        catch (SocketException) when (server.IsStopping)
        {
            // The server ended the connection first.
        }
        finally
        {
            await load.PauseAsync(random.Next(30));
        }
    }
}
