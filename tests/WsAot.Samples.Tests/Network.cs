using System.Net.WebSockets;

namespace WsAot.Samples.Tests;

/// <summary>Between a client and its server: it can break, and while it is broken, nobody connects.</summary>
internal sealed class Network : IDisposable
{
    private readonly SemaphoreSlim _way = new(1);
    private ClientWebSocket _socket = new();

    /// <summary>How many connections there have been.</summary>
    public int Connections { get; private set; }

    public async Task<WebSocket> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        await _way.WaitAsync(cancellationToken);
        try
        {
            _socket = new ClientWebSocket();
            await _socket.ConnectAsync(server, cancellationToken);
            Connections++;
            return _socket;
        }
        finally
        {
            _way.Release();
        }
    }

    public void Break()
    {
        _way.Wait();
        _socket.Abort();
    }

    public void Mend() => _way.Release();

    public void Dispose()
    {
        _way.Dispose();
        _socket.Dispose();
    }
}
