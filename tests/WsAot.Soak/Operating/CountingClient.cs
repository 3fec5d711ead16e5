using WsAot.Soak.Wire;

namespace WsAot.Soak.Operating;

/// <summary>
/// A client that does one thing after the other, and counts. It sends everything before its close frame, so the server must count the same;
/// and everything that the server sends before its own close frame arrives here.
/// </summary>
internal sealed class CountingClient : IDisposable
{
    private readonly SoakClient _client;
    private readonly Tally _tally;

    private CountingClient(SoakClient client, Tally tally) => (_client, _tally) = (client, tally);

    public static async Task<CountingClient> ConnectAsync(
        ServerAddress server, string path, Tally tally, bool offersDeflate, CancellationToken cancellationToken)
    {
        SoakClient client = await SoakClient.ConnectAsync(server, path, offersDeflate, cancellationToken);
        Interlocked.Increment(ref tally.Opened);
        return new CountingClient(client, tally);
    }

    public Task SendAsync(Opcode kind, byte[] payload, CancellationToken cancellationToken)
    {
        // Count first: once a byte is sent, the server may read it.
        _tally.OnSent(kind, payload.Length);
        return SendUncountedAsync(kind, payload, cancellationToken);
    }

    /// <summary>
    /// For a client that reads at the same time, and so cannot know which messages it sent before it answered a close frame.
    /// </summary>
    public async Task SendUncountedAsync(Opcode kind, byte[] payload, CancellationToken cancellationToken)
    {
        if (kind == Opcode.Ping) await _client.SendRawAsync(MaskedFrame.Create(kind, payload), cancellationToken);
        else await _client.SendMessageAsync(kind, payload, 1 + (payload.Length % 3), pingsBetween: false, cancellationToken);
    }

    /// <summary>The next message or pong, or the end.</summary>
    public async Task<Incoming> ReceiveAsync(CancellationToken cancellationToken)
    {
        Incoming incoming = await _client.ReceiveAsync(cancellationToken);
        if (!incoming.IsEnd) _tally.OnReceived(incoming.Kind, incoming.Payload.Length);
        return incoming;
    }

    public Task SayGoodbyeAsync(CancellationToken cancellationToken) => _client.CloseAsync(EndCodes.Normal, cancellationToken);

    /// <summary>Sends a close frame, and waits for the answer.</summary>
    /// <returns>Null if all is well; else what is wrong.</returns>
    public async Task<string?> CloseAsync(CancellationToken cancellationToken)
    {
        await SayGoodbyeAsync(cancellationToken);
        while (true)
        {
            Incoming incoming = await ReceiveAsync(cancellationToken);
            if (incoming.IsEnd) return OnEnd(incoming);
        }
    }

    /// <summary>Counts the end of the connection.</summary>
    /// <returns>Null if this end is allowed; else what is wrong.</returns>
    public string? OnEnd(Incoming end)
    {
        switch (end.CloseCode)
        {
            case EndCodes.Normal:
                Interlocked.Increment(ref _tally.Closed);
                return null;
            case EndCodes.ServiceRestart:
                Interlocked.Increment(ref _tally.Stopped);
                return null;
            default:
                return $"a connection to {_tally.Route} ended with {end.CloseCode?.ToString() ?? "no close frame"}";
        }
    }

    public void Dispose() => _client.Dispose();
}
