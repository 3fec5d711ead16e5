using System.Net.WebSockets;
using System.Text;

namespace WsAot.Nats.Tests.Harness;

/// <summary>A WebSocket client of .NET: what comes is kept, and can be waited for.</summary>
internal sealed class TestClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _received = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>What has come so far: text as it is, binary as <c>#</c> and hexadecimal.</summary>
    public string[] Received
    {
        get
        {
            lock (_received) return [.. _received];
        }
    }

    public static async Task<TestClient> ConnectAsync(Uri uri)
    {
        var client = new TestClient();
        await client._socket.ConnectAsync(uri, CancellationToken.None);
        client._reading = client.ReadAsync();
        return client;
    }

    public Task SayAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    public Task SendAsync(params byte[] payload) =>
        _socket.SendAsync(payload, WebSocketMessageType.Binary, true, CancellationToken.None);

    /// <summary>Waits until it has got exactly these, in this order; fails with what it got instead.</summary>
    public async Task ExpectAsync(params string[] texts)
    {
        await Wait.UntilAsync(() => Received.Length >= texts.Length, () => $"got: {string.Join(" | ", Received)}");
        Assert.Equal(texts, Received);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[256 * 1024];
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult result;
            do
            {
                result = await _socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                length += result.Count;
            }
            while (!result.EndOfMessage);
            if (result.MessageType == WebSocketMessageType.Close) return;
            string text = result.MessageType == WebSocketMessageType.Text
                ? Encoding.UTF8.GetString(buffer, 0, length)
                : "#" + Convert.ToHexString(buffer, 0, length);
            lock (_received) _received.Add(text);
        }
    }
}
