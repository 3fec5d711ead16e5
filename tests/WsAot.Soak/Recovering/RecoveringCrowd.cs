using System.Net.Sockets;
using System.Text;
using WsAot.Soak.Native;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Recovering;

/// <summary>
/// Connections that subscribe to a room from a position on. All are on one thread, which starts when they are told to subscribe.
/// </summary>
internal sealed class RecoveringCrowd : IDisposable
{
    private readonly RecoveringClient[] _clients;
    private readonly long _lastOffset;
    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = new byte[128 * 1024];
    private readonly Thread _thread;
    private byte[] _request = [];
    private volatile bool _isEnding;
    private int _complete;

    public RecoveringCrowd(ServerAddress server, int count, long lastOffset)
    {
        _lastOffset = lastOffset;
        _clients = new RecoveringClient[count];
        for (int i = 0; i < count; i++)
        {
            ClientSocket socket = OpeningHandshake.Open(server, "/rooms");
            socket.Socket.Blocking = false;
            _clients[i] = new RecoveringClient(socket);
            _epoll.Add(socket.Socket, i, LibC.EPOLLIN);
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "recovering crowd" };
    }

    /// <summary>How many have received the last message.</summary>
    public int Complete => Volatile.Read(ref _complete);

    /// <summary>What went wrong for some of them.</summary>
    public IEnumerable<string> FindFaults() => _clients
        .Select((client, i) => client.Fault ?? (client.IsRecovered == true ? null : "not recovered"))
        .OfType<string>();

    /// <summary>The number of presence changes that all together have received.</summary>
    public long CountChanges() => _clients.Sum(static client => (long)client.Changes);

    public void Subscribe(string parameters)
    {
        _request = MaskedFrame.Create(
            Opcode.Text, Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","method":"$/subscribe","params":{{parameters}},"id":1}"""));
        _thread.Start();
    }

    public void Dispose()
    {
        _isEnding = true;
        if (_thread.IsAlive) _thread.Join();
        foreach (RecoveringClient client in _clients) client.Socket.Dispose();
        _epoll.Dispose();
    }

    private void Run()
    {
        for (int next = 0; !_isEnding;)
        {
            // Send only a few at a time between receives, so that receiving keeps up.
            for (int some = 0; some < 64 && next < _clients.Length; some++) _clients[next++].Socket.Send(_request, out _);
            int count = _epoll.Wait(next < _clients.Length ? 0 : 100);
            for (int i = 0; i < count; i++) Receive(_clients[_epoll[i].Number]);
        }
    }

    private void Receive(RecoveringClient client)
    {
        int count = client.Socket.Receive(_buffer, out SocketError error);
        if (count == 0 || error != SocketError.Success) return;
        bool wasComplete = client.LastOffset >= _lastOffset;
        client.Feed(_buffer.AsSpan(0, count));
        if (!wasComplete && client.LastOffset >= _lastOffset) Volatile.Write(ref _complete, _complete + 1);
    }
}
