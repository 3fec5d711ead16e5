using System.Buffers;

namespace WsAot.Transport.InMemory;

/// <summary>A loop that runs when it is told to.</summary>
internal sealed class InMemoryLoop(TransportOptions options, ArrayPool<byte>? pool) : TransportLoop(options, pool)
{
    private readonly List<InMemoryConnection> _connections = [];
    private readonly Queue<InMemoryConnection> _accepted = new();

    public void Accept(InMemoryConnection connection) => _accepted.Enqueue(connection);

    public bool RunBatch(out int nextMs)
    {
        SynchronizationContext? former = Enter();
        bool isBusy = HasPosted;
        while (_accepted.TryDequeue(out InMemoryConnection? connection))
        {
            _connections.Add(connection);
            Adopt(connection);
            isBusy = true;
        }

        foreach (InMemoryConnection connection in _connections.ToArray())
        {
            try
            {
                isBusy |= connection.HandleReadiness(ReceiveBuffer);
            }
            catch (Exception exception)
            {
                OnException(exception, connection);
            }
        }

        // What is posted now runs within this batch, and may have made a connection ready.
        isBusy |= HasPosted;
        nextMs = EndBatch();
        _connections.RemoveAll(static connection => connection.IsClosed);
        Leave(former);
        return isBusy || HasPosted;
    }

    /// <summary>Resets those whom the next batch would have accepted.</summary>
    public void RefuseWaiting()
    {
        while (_accepted.TryDequeue(out InMemoryConnection? connection)) connection.Abort();
    }

    public void CloseAll()
    {
        SynchronizationContext? former = Enter();
        RefuseWaiting();
        foreach (InMemoryConnection connection in _connections) connection.Close();
        EndLastBatches();
        _connections.Clear();
        Leave(former);
    }

    protected override void Wake()
    {
        // Whoever runs the batches sees what was posted.
    }
}
