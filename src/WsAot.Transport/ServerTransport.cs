using System.Buffers;
using System.Net;
using WsAot.Transport.Epoll;
using WsAot.Transport.Portable;

namespace WsAot.Transport;

/// <summary>The loops of a server, and the addresses it listens on. Members are used by one thread at a time.</summary>
public abstract class ServerTransport : IDisposable
{
    private TransportLoop[] _loops = [];

    /// <summary>The loops, in order.</summary>
    public IReadOnlyList<TransportLoop> Loops => _loops;

    /// <summary>A short name for the log: <c>epoll</c>, <c>sockets</c>, <c>memory</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Milliseconds that <see cref="StopListening"/>, and <see cref="Dispose()"/> for each loop, wait for a loop that is held up by a handler;
    /// -1, the default: for ever. A loop that is still held up then ends with the process.
    /// </summary>
    public int StopTimeoutMs { get; set; } = Timeout.Infinite;

    /// <summary>How many descriptors this process may have open (<c>ulimit -n</c>); <see cref="int.MaxValue"/> where nobody counts.</summary>
    public static int DescriptorLimit => OperatingSystem.IsLinux() ? EpollTransport.ReadDescriptorLimit() : int.MaxValue;

    /// <summary>Makes the transport that is asked for.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="options">How it is built.</param>
    /// <param name="pool">Where all loops rent their buffers, each on its own thread; null: each loop has a pool of its own.</param>
    /// <exception cref="TransportException">This platform, or this build, does not have it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static ServerTransport Create(TransportKind kind, TransportOptions options, ArrayPool<byte>? pool = null)
    {
        options.Validate();
        if (OperatingSystem.IsLinux() && kind is TransportKind.Auto or TransportKind.Epoll) return new EpollTransport(options, pool);
        if (kind == TransportKind.Epoll) throw new TransportException("The epoll transport exists on Linux only; choose auto or sockets.");
        if (TransportFeatures.IsSocketsSupported) return new SocketsTransport(options, pool);
        throw new TransportException("The sockets transport was left out of this build (WsAot.Transport.Sockets is false).");
    }

    /// <summary>Starts the loops.</summary>
    /// <param name="createHandler">Called once for each loop, before any of them runs.</param>
    public abstract void Start(Func<TransportLoop, ILoopHandler> createHandler);

    /// <summary>Listens on an address. The loops must have been started.</summary>
    /// <returns>The address with its real port, where 0 was asked for.</returns>
    /// <exception cref="TransportException">It cannot be had: in use, not permitted, not of this machine.</exception>
    public abstract IPEndPoint Listen(IPEndPoint endPoint);

    /// <summary>
    /// Listens no more. Those whom the kernel had connected already, but nobody had accepted, are reset. When it returns, every
    /// accepted connection has been introduced to its loop's handler, or will be before anything that is posted from now on
    /// (called on a loop, that holds only once the loop has ended its batch).
    /// </summary>
    public abstract void StopListening();

    /// <summary>Ends the loops, and waits for their threads. Connections that are left are closed without a word.</summary>
    /// <exception cref="InvalidOperationException">It was called on a loop, which cannot wait for itself.</exception>
    public void Dispose()
    {
        foreach (TransportLoop loop in _loops)
        {
            if (loop.IsCurrent) throw new InvalidOperationException("A loop cannot end its own transport; dispose it on another thread.");
        }

        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the loops.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Introduces the loops to their owner.</summary>
    protected void SetLoops(TransportLoop[] loops, Func<TransportLoop, ILoopHandler> createHandler)
    {
        _loops = loops;
        foreach (TransportLoop loop in loops) loop.Handler = createHandler(loop);
    }

    /// <summary>The loop with the fewest connections, which is where the next one goes; it is counted there at once.</summary>
    protected internal TransportLoop TakeLeastLoaded()
    {
        TransportLoop least = _loops[0];
        for (int i = 1; i < _loops.Length; i++)
        {
            if (_loops[i].ConnectionCount < least.ConnectionCount) least = _loops[i];
        }

        least.CountConnection();
        return least;
    }
}
