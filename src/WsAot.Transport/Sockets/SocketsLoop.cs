using System.Buffers;
using System.Net.Sockets;
using WsAot.Transport.Loops;
using WsAot.Transport.SslStreams;

namespace WsAot.Transport.Sockets;

/// <summary>A loop whose sockets report their readiness on the thread pool; the loop's own thread does everything else.</summary>
internal sealed class SocketsLoop(int index, TransportOptions options, ArrayPool<byte>? pool) : ThreadedLoop(index, options, pool)
{
    /// <summary>Never disposed: other threads may post at any time, and it has no resources unless its WaitHandle is used.</summary>
    private readonly ManualResetEventSlim _wake = new();
    private readonly HashSet<SocketsConnection> _connections = [];
    private SslStreamLoop? _tls;

    /// <summary>Shared by the TLS connections of this loop; created for the first one.</summary>
    public SslStreamLoop Tls => _tls ??= new SslStreamLoop(this);

    /// <summary>Takes over an accepted socket, which is already counted as a connection. On the loop.</summary>
    public void Adopt(Socket socket, ListenOptions listener)
    {
        if (SocketsConnection.TryPrepare(socket, out PeerAddress address)) Adopt(socket, address, listener, listener.HasPreamble);
        else Reject(socket);
    }

    /// <summary>Does the same for a socket whose address is known.</summary>
    public void Adopt(Socket socket, PeerAddress address, ListenOptions listener, bool hasPreamble)
    {
        SocketsConnection connection = hasPreamble
            ? new SocketsPreambleConnection(this, socket, address, listener)
            : TransportFeatures.IsSslStreamSupported && listener.Tls is SslStreamServer server
            ? new SocketsTlsConnection(this, socket, address, server)
            : new SocketsConnection(this, socket, address);
        _connections.Add(connection);
        connection.Introduce(listener);
        connection.Begin();
    }

    public void Remove(SocketsConnection connection) => _connections.Remove(connection);

    public void ReportAcceptFailed(string reason) => Handler.OnAcceptFailed(reason);

    private protected override void Wake() => _wake.Set();

    protected override void RunBatches()
    {
        int timeoutMs = 0;
        while (!IsStopping)
        {
            _wake.Wait(timeoutMs);
            _wake.Reset();
            timeoutMs = EndBatch();
        }
    }

    protected override void CloseAll()
    {
        foreach (SocketsConnection connection in _connections) connection.Close();
    }

    protected override void FreeResources()
    {
    }

    private void Reject(Socket socket)
    {
        socket.Dispose();
        UncountConnection();
    }
}
