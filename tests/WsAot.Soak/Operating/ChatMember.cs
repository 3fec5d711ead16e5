using WsAot.Soak.Checks;
using WsAot.Soak.Soaking;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Operating;

/// <summary>A member of a room, which reads the room's messages while others send.</summary>
internal sealed class ChatMember(CountingClient client, ChatLedger ledger, Progress progress) : IDisposable
{
    private Task<Incoming>? _reading;

    public CountingClient Client => client;

    public ChatLedger Ledger => ledger;

    /// <summary>Completes at the end of the connection.</summary>
    public Task<Incoming> Reading => _reading ?? throw new InvalidOperationException("It does not listen yet.");

    public void Listen(CancellationToken cancellationToken) => _reading = ReadAsync(cancellationToken);

    public void Dispose() => client.Dispose();

    private async Task<Incoming> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Incoming incoming = await client.ReceiveAsync(cancellationToken);
            if (incoming.IsMessage) ledger.OnReceived(incoming.Payload);
            progress.Set();
            if (incoming.IsEnd) return incoming;
        }
    }
}
