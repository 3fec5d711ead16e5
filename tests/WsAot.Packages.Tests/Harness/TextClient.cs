using System.Net.WebSockets;
using System.Text;

namespace WsAot.Packages.Tests.Harness;

/// <summary>.NET's own client, for short texts.</summary>
internal sealed class TextClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1024];

    public static async Task<TextClient> ConnectAsync(string url)
    {
        TextClient client = new();
        await client._socket.ConnectAsync(new Uri(url), CancellationToken.None);
        return client;
    }

    public Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    public async Task<string> ReceiveAsync()
    {
        WebSocketReceiveResult result = await _socket.ReceiveAsync(_buffer, CancellationToken.None);
        return Encoding.UTF8.GetString(_buffer, 0, result.Count);
    }

    public void Dispose() => _socket.Dispose();
}
