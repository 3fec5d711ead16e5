using WsAot.Soak.Checks;
using WsAot.Soak.Soaking;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Operating;

/// <summary>Sends a few messages and pings at a time, and checks that each comes back, in order.</summary>
internal sealed class EchoVisitor(OperatingLoad load, ServerAddress server, Random random) : IVisitor
{
    private const int MaxTogether = 8;

    public async Task VisitAsync(CancellationToken patience)
    {
        bool offersDeflate = random.Next(2) == 0;
        using CountingClient client = await CountingClient.ConnectAsync(server, "/echo", load.Tallies.Echo, offersDeflate, patience);
        EchoLedger ledger = new("an echo", load.Faults);
        int rounds = 1 + random.Next(40);
        for (int i = 0; i < rounds && !load.IsEnding; i++)
        {
            if (!await TryRoundAsync(client, ledger, patience)) return;
            await load.PauseAsync(random.Next(60));
        }

        load.Note(await client.CloseAsync(patience));
        ledger.OnCompleted();
    }

    /// <returns>False if the server has ended the connection.</returns>
    private async Task<bool> TryRoundAsync(CountingClient client, EchoLedger ledger, CancellationToken patience)
    {
        int count = 1 + random.Next(MaxTogether);
        for (int i = 0; i < count; i++)
        {
            if (random.Next(8) == 0)
            {
                await client.SendAsync(Opcode.Ping, "still there?"u8.ToArray(), patience);
                continue;
            }

            // Together they fit into the kernel's buffers, so that neither side waits for the other.
            int length = random.Next(10) == 0 ? random.Next(8 * 1024) : random.Next(512);
            Opcode kind = random.Next(2) == 0 ? Opcode.Text : Opcode.Binary;
            byte[] payload = kind == Opcode.Text ? Payloads.Text(random, length) : Payloads.Binary(random, length);
            ledger.OnSending(kind, payload);
            await client.SendAsync(kind, payload, patience);
        }

        for (int i = 0; i < count; i++)
        {
            Incoming incoming = await client.ReceiveAsync(patience);
            if (incoming.IsEnd)
            {
                // Unanswered messages were not acknowledged.
                load.Note(client.OnEnd(incoming));
                return false;
            }

            if (incoming.IsMessage) ledger.OnReceived(incoming.Kind, incoming.Payload);
        }

        return true;
    }
}
