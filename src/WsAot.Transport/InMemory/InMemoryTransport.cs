using System.Buffers;
using System.Net;
using WsAot.Transport.Listening;
using WsAot.Transport.Tls;

namespace WsAot.Transport.InMemory;

/// <summary>
/// A transport without sockets and threads, for tests of servers. Peers are objects, and loops run when <see cref="RunBatch"/> is called,
/// on the caller's thread. So a test runs the same way each time.
/// </summary>
public sealed class InMemoryTransport : ServerTransport
{
    private readonly ArrayPool<byte>? _pool;
    private readonly List<ListenOptions> _listeners = [];
    private int _connections;

    /// <summary>Creates a transport.</summary>
    /// <param name="options">As for the other transports. Default: one loop.</param>
    /// <param name="pool">The pool from which all loops rent their buffers; null: each loop has a pool of its own.</param>
    public InMemoryTransport(TransportOptions? options = null, ArrayPool<byte>? pool = null)
        : base(options ?? new TransportOptions { Loops = 1, ReceiveBufferBytes = 64 * 1024, SendBufferBytes = 16 * 1024 }) => _pool = pool;

    /// <inheritdoc/>
    public override string Name => "memory";

    /// <summary>Whether it listens: <see cref="ServerTransport.StopListeningAsync"/> ends that.</summary>
    public bool IsListening => _listeners.Count > 0;

    /// <summary>What the loops asked for at the end of the last batch: the milliseconds until the next one; -1: no limit.</summary>
    public int NextBatchMs { get; private set; } = -1;

    /// <summary>
    /// Called on the posting thread when a call is posted to a loop outside its batches, so that the next batch has something to do. Not
    /// called again before that batch. Default: null.
    /// </summary>
    public Action? Woken { get; set; }

    /// <summary>Takes the place of TLS in tests of servers: see <see cref="InMemoryPeer.PretendedTls"/>.</summary>
    internal Func<TlsServerOptions, TlsServer>? PretendTls { get; set; }

    /// <inheritdoc/>
    public override TlsServer CreateTls(TlsServerOptions options) => PretendTls?.Invoke(options) ?? OpenSslServer.Create(options);

    /// <summary>Connects a peer. The next batch accepts it.</summary>
    /// <param name="address">
    /// The address of the peer; by default 127.0.0.1 with a port of its own, or none at a <see cref="UnixEndPoint"/>.
    /// </param>
    /// <param name="listener">The listener that it connects to; by default the first one.</param>
    /// <exception cref="TransportException">The transport does not listen there.</exception>
    public InMemoryPeer Connect(IPEndPoint? address = null, ListenOptions? listener = null)
    {
        listener ??= _listeners.FirstOrDefault();
        if (listener is null || !_listeners.Contains(listener)) throw new TransportException("Connection refused: nothing listens there.");
        var loop = (InMemoryLoop)ReserveOnLeastLoadedLoop();
        if (listener.EndPoint is IPEndPoint) address ??= new IPEndPoint(IPAddress.Loopback, 10_000 + (_connections++ % 50_000));
        var peer = new InMemoryPeer();
        loop.Accept(peer, address is null ? default : new PeerAddress(address), listener, listener.HasPreamble);
        return peer;
    }

    /// <summary>Runs one batch of every loop.</summary>
    /// <returns>Whether anything happened.</returns>
    public bool RunBatch()
    {
        bool isBusy = false;
        NextBatchMs = -1;
        foreach (TransportLoop loop in Loops)
        {
            isBusy |= ((InMemoryLoop)loop).RunBatch(out int nextMs);
            if ((uint)nextMs < (uint)NextBatchMs) NextBatchMs = nextMs;
        }

        return isBusy;
    }

    /// <summary>Runs batches until one has nothing to do.</summary>
    /// <exception cref="InvalidOperationException">None of 100,000 batches had nothing to do.</exception>
    public void RunUntilIdle()
    {
        for (int i = 0; RunBatch(); i++)
        {
            if (i == 100_000) throw new InvalidOperationException("The loops still have work after 100,000 batches.");
        }
    }

    private protected override IListeningSocket Open(ListenOptions listener, EndPoint endPoint, int? inherited) =>
        new Listener(_listeners, listener, endPoint);

    private protected override TransportLoop CreateLoop(int index) => new InMemoryLoop(Options, _pool, () => Woken?.Invoke());

    private protected override Task CloseListenersAsync()
    {
        _listeners.Clear();
        foreach (TransportLoop loop in Loops) ((InMemoryLoop)loop).RejectPending();
        return Task.CompletedTask;
    }

    private sealed class Listener(List<ListenOptions> listeners, ListenOptions options, EndPoint endPoint) : IListeningSocket
    {
        public EndPoint EndPoint { get; } =
            endPoint is IPEndPoint { Port: 0 } ip ? new IPEndPoint(ip.Address, listeners.Count + 1) : endPoint;

        public void Begin() => listeners.Add(options);

        public void Cancel()
        {
            // There is nothing to free.
        }
    }
}
