using System.Net.WebSockets;
using System.Text;

namespace WsAot.Samples.Tests;

/// <summary>
/// Between a device and its server. It breaks as a message is sent that has a certain text, which is lost; then nobody connects until it is
/// mended.
/// </summary>
internal sealed class Network(string breaksAt) : IDisposable
{
    private readonly SemaphoreSlim _way = new(1);
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it has broken.</summary>
    public Task Broken => _broken.Task;

    /// <summary>How many connections there have been.</summary>
    public int Connections { get; private set; }

    public async Task<WebSocket> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        await _way.WaitAsync(cancellationToken);
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(server, cancellationToken);
        _way.Release();
        Connections++;
        return new Wire(this, socket);
    }

    public void Mend() => _way.Release();

    public void Dispose() => _way.Dispose();

    private bool Breaks(ReadOnlySpan<byte> message)
    {
        if (_broken.Task.IsCompleted || message.IndexOf(Encoding.UTF8.GetBytes(breaksAt)) < 0) return false;
        _way.Wait();
        _broken.SetResult();
        return true;
    }

    private sealed class Wire(Network network, ClientWebSocket socket) : WebSocket
    {
        public override WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

        public override string? CloseStatusDescription => socket.CloseStatusDescription;

        public override WebSocketState State => socket.State;

        public override string? SubProtocol => socket.SubProtocol;

        public override Task SendAsync(
            ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

        public override ValueTask SendAsync(
            ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
        {
            if (!network.Breaks(buffer.Span)) return socket.SendAsync(buffer, messageType, endOfMessage, cancellationToken);
            socket.Abort();
            return ValueTask.FromException(new WebSocketException("The network is broken."));
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
            socket.ReceiveAsync(buffer, cancellationToken);

        public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
            Memory<byte> buffer, CancellationToken cancellationToken) => socket.ReceiveAsync(buffer, cancellationToken);

        public override Task CloseAsync(
            WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            socket.CloseAsync(closeStatus, statusDescription, cancellationToken);

        public override Task CloseOutputAsync(
            WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            socket.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

        public override void Abort() => socket.Abort();

        public override void Dispose() => socket.Dispose();
    }
}
