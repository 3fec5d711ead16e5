using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace WsAot.Native.Tests.Harness;

/// <summary>.NET's ClientWebSocket. It waits for nothing longer than the patience.</summary>
internal sealed class DotNetClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _guard = new(Command.Patience);

    private DotNetClient(Action<ClientWebSocketOptions>? configure)
    {
        _socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(_socket.Options);
    }

    public static async Task<DotNetClient> ConnectAsync(string url, Action<ClientWebSocketOptions>? configure = null)
    {
        DotNetClient client = new(configure);
        try
        {
            await client._socket.ConnectAsync(new Uri(url), client._guard.Token);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>What the server agreed to; empty if it declined every offer.</summary>
    public string Extensions =>
        _socket.HttpResponseHeaders!.TryGetValue("Sec-WebSocket-Extensions", out IEnumerable<string>? values)
            ? string.Join(", ", values)
            : "";

    /// <summary>Sends a message in frames of so many bytes at most, and gives what comes back; both must be of the same type.</summary>
    public async Task<byte[]> EchoAsync(byte[] message, WebSocketMessageType type, int fragment = int.MaxValue)
    {
        // Both at once: a server that echoes reads no further when it cannot write.
        Task<(WebSocketMessageType Type, byte[] Payload)> back = ReceiveAsync();
        int start = 0;
        do
        {
            int count = Math.Min(fragment, message.Length - start);
            bool isLast = start + count == message.Length;
            await _socket.SendAsync(message.AsMemory(start, count), type, isLast, _guard.Token);
            start += count;
        }
        while (start < message.Length);

        Assert.Equal(type, (await back).Type);
        return (await back).Payload;
    }

    /// <summary>Echoes a text and a binary message of that size.</summary>
    public async Task ExpectEchoesAsync(int size, int fragment = int.MaxValue)
    {
        byte[] bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        // Text that compresses somewhat, so that a compressor has both to do.
        byte[] text = [.. bytes.Select(static (value, i) => (i & 1024) == 0 ? (byte)('a' + (i % 26)) : (byte)('a' + (value % 26)))];
        Assert.True(await ComesBackAsync(text, WebSocketMessageType.Text), $"A text of {size} bytes came back changed.");
        Assert.True(await ComesBackAsync(bytes, WebSocketMessageType.Binary), $"{size} bytes came back changed.");

        async Task<bool> ComesBackAsync(byte[] message, WebSocketMessageType type) =>
            (await EchoAsync(message, type, fragment)).AsSpan().SequenceEqual(message);
    }

    public Task SendAsync(byte[] bytes) => _socket.SendAsync(bytes, WebSocketMessageType.Binary, true, _guard.Token);

    public Task SendTextAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, _guard.Token);

    /// <summary>The next message, which must be JSON.</summary>
    public async Task<JsonElement> ReceiveJsonAsync() => JsonElement.Parse(await ReceiveTextAsync());

    /// <summary>The next message, which must be text.</summary>
    public async Task<string> ReceiveTextAsync()
    {
        (WebSocketMessageType type, byte[] payload) = await ReceiveAsync();
        Assert.Equal(WebSocketMessageType.Text, type);
        return Encoding.UTF8.GetString(payload);
    }

    /// <summary>Closes the connection; the code and the reason of the server's answer.</summary>
    public async Task<(int? Code, string? Reason)> CloseAsync(int code, string reason)
    {
        await _socket.CloseAsync((WebSocketCloseStatus)code, reason, _guard.Token);
        return ((int?)_socket.CloseStatus, _socket.CloseStatusDescription);
    }

    /// <summary>Waits for the server's close frame, which must be next, and answers it.</summary>
    public async Task<(int? Code, string? Reason)> ReceiveCloseAsync()
    {
        (WebSocketMessageType type, byte[] payload) = await ReceiveAsync();
        Assert.True(type == WebSocketMessageType.Close, $"A message of {payload.Length} bytes came where a close was expected.");
        await _socket.CloseOutputAsync(_socket.CloseStatus ?? WebSocketCloseStatus.Empty, null, _guard.Token);
        return ((int?)_socket.CloseStatus, _socket.CloseStatusDescription);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _guard.Dispose();
    }

    private async Task<(WebSocketMessageType Type, byte[] Payload)> ReceiveAsync()
    {
        using MemoryStream payload = new();
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), _guard.Token);
            payload.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return (part.MessageType, payload.ToArray());
        }
    }
}
