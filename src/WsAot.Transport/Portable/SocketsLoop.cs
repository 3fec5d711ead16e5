using System.Buffers;
using System.Net.Sockets;

namespace WsAot.Transport.Portable;

/// <summary>A loop whose sockets report their readiness from the thread pool; a thread of its own does all the rest.</summary>
internal sealed class SocketsLoop : TransportLoop
{
    /// <summary>Never disposed: others may post at any time, and it owns nothing unless its WaitHandle is asked for.</summary>
    private readonly ManualResetEventSlim _wake = new();
    private readonly HashSet<SocketsConnection> _connections = [];
    private readonly Thread _thread;
    private bool _isStopping;

    public SocketsLoop(int index, TransportOptions options, ArrayPool<byte>? pool)
        : base(options, pool) => _thread = new Thread(Run) { IsBackground = true, Name = $"wsaot-loop-{index}" };

    public byte[] Buffer => ReceiveBuffer;

    public void Start() => _thread.Start();

    /// <summary>Ends the loop and waits for its thread, but not longer than it is told to.</summary>
    public void End(int timeoutMs)
    {
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted)) return;
        Post(static loop => ((SocketsLoop)loop!)._isStopping = true, this);
        _thread.Join(timeoutMs);
    }

    /// <summary>Takes over an accepted socket. On the loop.</summary>
    public void Adopt(Socket socket)
    {
        SocketsConnection? connection = SocketsConnection.TryCreate(this, socket);
        if (connection is null)
        {
            socket.Dispose();
            UncountConnection();
            return;
        }

        _connections.Add(connection);
        Adopt(connection);
        connection.Begin();
    }

    public void Forget(SocketsConnection connection) => _connections.Remove(connection);

    public void ReportAcceptFailed(string reason) => Handler.OnAcceptFailed(reason);

    public void ReportException(Exception exception, SocketsConnection connection) => OnException(exception, connection);

    protected override void Wake() => _wake.Set();

    private void Run()
    {
        SynchronizationContext? former = Enter();
        int timeoutMs = 0;
        while (!_isStopping)
        {
            _wake.Wait(timeoutMs);
            _wake.Reset();
            timeoutMs = EndBatch();
        }

        foreach (SocketsConnection connection in _connections) connection.Close();
        EndLastBatches();
        Leave(former);
    }
}
