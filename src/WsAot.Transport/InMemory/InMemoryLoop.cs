using System.Buffers;
using WsAot.Transport.SslStreams;
using WsAot.Transport.Tls;

namespace WsAot.Transport.InMemory;

/// <summary>A loop without a thread: it runs a batch when it is told to.</summary>
internal sealed class InMemoryLoop(TransportOptions options, ArrayPool<byte>? pool, Action wake) : TransportLoop(options, pool)
{
    private readonly List<InMemoryConnection> _connections = [];
    private readonly Queue<Accepted> _accepted = new();
    private OpenSslLoop? _tls;
    private SslStreamLoop? _sslStreams;
    private bool _isRunning;

    /// <summary>Shared by the TLS connections of this loop; created for the first one.</summary>
    public OpenSslLoop Tls => _tls ??= new OpenSslLoop(this);

    /// <summary>As <see cref="Tls"/>, for connections that use .NET's TLS.</summary>
    public SslStreamLoop SslStreams => _sslStreams ??= new SslStreamLoop(this);

    /// <summary>Takes a connection, which is already counted. The next batch passes it to the owner.</summary>
    /// <param name="peer">The client's end.</param>
    /// <param name="address">Its address.</param>
    /// <param name="listener">The listener that it connects to.</param>
    /// <param name="hasPreamble">Whether a preamble is still to come.</param>
    public void Accept(InMemoryPeer peer, PeerAddress address, ListenOptions listener, bool hasPreamble)
    {
        InMemoryConnection connection = hasPreamble
            ? new InMemoryPreambleConnection(this, peer, address, listener)
            : TransportFeatures.IsTlsSupported && listener.Tls is OpenSslServer tls
            ? new InMemoryTlsConnection(this, peer, address, tls)
            : TransportFeatures.IsSslStreamSupported && listener.Tls is SslStreamServer sslStream
            ? new InMemoryTlsConnection(this, peer, address, sslStream)
            : new InMemoryConnection(this, peer, address);
        _accepted.Enqueue(new Accepted(connection, listener));
    }

    /// <summary>Runs a batch, unless the loop has ended.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public bool RunBatch(out int nextMs)
    {
        nextMs = -1;
        if (!_isRunning) return false;
        SynchronizationContext? former = Enter();
        bool isBusy = HasWork;
        while (_accepted.TryDequeue(out Accepted accepted))
        {
            _connections.Add(accepted.Connection);
            accepted.Connection.Introduce(accepted.Listener);
            isBusy = true;
        }

        foreach (InMemoryConnection connection in _connections)
        {
            if (!connection.MayBeReady) continue;
            try
            {
                isBusy |= connection.HandleReadiness();
            }
            catch (Exception exception)
            {
                OnException(exception, connection);
            }
        }

        // What is posted now runs within this batch, and may make a connection ready.
        isBusy |= HasWork;
        nextMs = EndBatch();
        // Closed connections have been freed by now.
        _connections.RemoveAll(static connection => connection.IsClosed);
        Leave(former);
        return isBusy || HasWork;
    }

    /// <summary>Resets the connections that the next batch would have accepted.</summary>
    public void RejectPending()
    {
        SynchronizationContext? former = Enter();
        RejectAccepted();
        Leave(former);
    }

    internal override void Start() => _isRunning = true;

    internal override Task EndAsync()
    {
        if (!_isRunning) return Task.CompletedTask;
        _isRunning = false;
        SynchronizationContext? former = Enter();
        RejectAccepted();
        foreach (InMemoryConnection connection in _connections) connection.Close();
        RunLastBatches();
        _connections.Clear();
        _tls?.Dispose();
        Leave(former);
        return Task.CompletedTask;
    }

    /// <summary>No thread waits: the next batch runs what was posted, and this tells the owner that it has something to do.</summary>
    private protected override void Wake() => wake();

    private void RejectAccepted()
    {
        while (_accepted.TryDequeue(out Accepted accepted)) accepted.Connection.Abort();
    }

    private readonly record struct Accepted(InMemoryConnection Connection, ListenOptions Listener);
}
