using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace WsAot.Nats.Tests.Harness;

/// <summary>A way to a NATS server that can be cut, or stop as a network does that loses everything.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private TaskCompletionSource _open = Opened();
    private TaskCompletionSource _answers = Opened();
    private bool _isCut;

    public Proxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"nats://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How long everything is on its way, in each direction.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Closes all connections, and takes no more.</summary>
    public void Cut()
    {
        Volatile.Write(ref _isCut, true);
        CloseAll();
    }

    /// <summary>Nothing comes through any more, and nobody is told.</summary>
    public void Stop() => Volatile.Write(ref _open, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>What clients say comes through, and nothing comes back.</summary>
    public void StopAnswers() =>
        Volatile.Write(ref _answers, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Everything is as it was. What was on its way when it stopped is lost with its connection.</summary>
    public void Heal()
    {
        if (!_open.Task.IsCompleted || !_answers.Task.IsCompleted) CloseAll();
        Volatile.Write(ref _isCut, false);
        _open.TrySetResult();
        _answers.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        CloseAll();
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private void CloseAll()
    {
        foreach (Socket socket in _sockets.Keys) socket.Dispose();
        _sockets.Clear();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            Socket client = await _listener.AcceptSocketAsync(_end.Token);
            if (Volatile.Read(ref _isCut)) client.Dispose();
            else _ = ConnectAsync(client);
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        _sockets[client] = true;
        _sockets[server] = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client, isAnswer: true));
        }
        catch (SocketException)
        {
            // The server is down: so is the way to it.
        }

        client.Dispose();
        server.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAnswer = false)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and int count)
            {
                await Task.Delay(Delay, _end.Token);
                await Volatile.Read(ref _open).Task;
                if (isAnswer) await Volatile.Read(ref _answers).Task;
                for (int sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _end.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side has ended.
        }
    }
}
