using System.Buffers;
using System.Net;

namespace WsAot.Transport.InMemory;

/// <summary>
/// A transport without sockets or threads, for tests of servers: peers are objects, and loops run when <see cref="RunBatch"/> is
/// called, on the caller's thread. What happens is therefore the same each time.
/// </summary>
public sealed class InMemoryTransport : ServerTransport
{
    private readonly TransportOptions _options;
    private readonly ArrayPool<byte>? _pool;
    private InMemoryLoop[] _loops = [];
    private int _connections;

    /// <summary>Makes a transport.</summary>
    /// <param name="options">As for the others; one loop unless it says otherwise.</param>
    /// <param name="pool">Where all loops rent their buffers; null: each has a pool of its own.</param>
    public InMemoryTransport(TransportOptions? options = null, ArrayPool<byte>? pool = null)
    {
        _options = options ?? new TransportOptions { Loops = 1, ReceiveBufferBytes = 64 * 1024, SendBufferBytes = 16 * 1024 };
        _pool = pool;
    }

    /// <inheritdoc/>
    public override string Name => "memory";

    /// <summary>Whether <see cref="Listen"/> was called, and <see cref="StopListening"/> not yet.</summary>
    public bool IsListening { get; private set; }

    /// <summary>What the loops asked for at the end of the last batch: milliseconds until the next, -1 for none.</summary>
    public int NextBatchMs { get; private set; } = -1;

    /// <inheritdoc/>
    public override void Start(Func<TransportLoop, ILoopHandler> createHandler)
    {
        _loops = new InMemoryLoop[_options.Loops];
        for (int i = 0; i < _loops.Length; i++) _loops[i] = new InMemoryLoop(_options, _pool);
        SetLoops(_loops, createHandler);
    }

    /// <inheritdoc/>
    public override IPEndPoint Listen(IPEndPoint endPoint)
    {
        IsListening = true;
        return endPoint.Port == 0 ? new IPEndPoint(endPoint.Address, 1) : endPoint;
    }

    /// <inheritdoc/>
    public override void StopListening()
    {
        IsListening = false;
        foreach (InMemoryLoop loop in _loops) loop.RefuseWaiting();
    }

    /// <summary>Connects a peer; it is accepted by the next batch.</summary>
    /// <param name="address">The peer's address; by default 127.0.0.1 with a port of its own.</param>
    /// <exception cref="TransportException">Nobody listens.</exception>
    public InMemoryPeer Connect(IPEndPoint? address = null)
    {
        if (!IsListening) throw new TransportException("Connection refused: nobody listens.");
        var loop = (InMemoryLoop)TakeLeastLoaded();
        address ??= new IPEndPoint(IPAddress.Loopback, 10_000 + (_connections++ % 50_000));
        var peer = new InMemoryPeer();
        loop.Accept(new InMemoryConnection(loop, peer, new PeerAddress(address)));
        return peer;
    }

    /// <summary>Runs one batch of every loop.</summary>
    /// <returns>Whether anything happened.</returns>
    public bool RunBatch()
    {
        bool isBusy = false;
        NextBatchMs = -1;
        foreach (InMemoryLoop loop in _loops)
        {
            isBusy |= loop.RunBatch(out int nextMs);
            if ((uint)nextMs < (uint)NextBatchMs) NextBatchMs = nextMs;
        }

        return isBusy;
    }

    /// <summary>Runs batches until nothing happens any more.</summary>
    /// <exception cref="InvalidOperationException">That did not come to pass in 100,000 batches.</exception>
    public void RunUntilIdle()
    {
        for (int i = 0; RunBatch(); i++)
        {
            if (i == 100_000) throw new InvalidOperationException("The loops do not come to rest.");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (InMemoryLoop loop in _loops) loop.CloseAll();
        _loops = [];
    }
}
