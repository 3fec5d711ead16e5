using System.Net;
using WsAot.Transport.Listening;

namespace WsAot.Transport;

/// <summary>The loops of a server, and the addresses it listens on. Use its members from one thread at a time.</summary>
public abstract partial class ServerTransport : IAsyncDisposable, IDisposable
{
    /// <summary>How many times to look for a port that is free in both families.</summary>
    private const int MaxTwinAttempts = 20;

    private TransportLoop[] _loops = [];

    private protected ServerTransport(TransportOptions options) => Options = options;

    /// <summary>The loops, in order.</summary>
    public IReadOnlyList<TransportLoop> Loops => _loops;

    /// <summary>A short name for the log: <c>epoll</c>, <c>sockets</c>, <c>memory</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The milliseconds that <see cref="StopListeningAsync"/> and <see cref="DisposeAsync"/> wait for loops that a handler blocks; -1, the
    /// default: without a limit. A loop that is still blocked then ends with the process.
    /// </summary>
    public int StopTimeoutMs { get; set; } = Timeout.Infinite;

    private protected TransportOptions Options { get; }

    /// <summary>Starts the loops.</summary>
    /// <param name="createHandler">Called once for each loop, before any of them runs.</param>
    /// <exception cref="TransportException">A loop cannot be created.</exception>
    public void Start(Func<TransportLoop, ILoopHandler> createHandler)
    {
        // One by one, so that disposing also ends the loops that were created before one failed.
        for (int i = 0; i < Options.Loops; i++) _loops = [.. _loops, CreateLoop(i)];
        foreach (TransportLoop loop in _loops) loop.Handler = createHandler(loop);
        foreach (TransportLoop loop in _loops) loop.Start();
    }

    /// <summary>Listens on an address. Start the loops first.</summary>
    /// <returns>The address, with the port that the system chose if 0 was asked for.</returns>
    /// <exception cref="TransportException">The address is in use, not permitted, or not one of this machine.</exception>
    public EndPoint Listen(ListenOptions listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        for (int attempt = 1; ; attempt++)
        {
            IListeningSocket socket = Open(listener, listener.EndPoint, InheritedBy(listener, 0));
            try
            {
                IListeningSocket? twin = OpenTwin(listener, socket.EndPoint);
                socket.Begin();
                twin?.Begin();
                return socket.EndPoint;
            }
            catch (TransportException exception)
            {
                socket.Cancel();
                bool isPortChosen = listener.EndPoint is IPEndPoint { Port: 0 };
                if (!isPortChosen || !exception.IsAddressInUse || attempt == MaxTwinAttempts) throw;
            }
        }
    }

    /// <summary>
    /// The descriptors of a listener's sockets, so that another process can take them over; empty if this transport has no such sockets.
    /// Any thread, while the transport listens.
    /// </summary>
    /// <param name="listener">The options that <see cref="Listen"/> was called with.</param>
    public virtual IReadOnlyList<int> FindSockets(ListenOptions listener) => [];

    /// <summary>Reads certificates and keys, for listeners that speak TLS.</summary>
    /// <exception cref="TransportException">
    /// A file cannot be read or used, this build or this transport has no TLS, or the machine has no OpenSSL. The message says which, and
    /// what to do.
    /// </exception>
    public abstract TlsServer CreateTls(TlsServerOptions options);

    /// <summary>
    /// Stops listening. Connections that wait in the kernel's backlog are reset. When the task has completed, the handler of each loop
    /// knows every accepted connection, or will know it before it runs any call posted from then on. If a handler blocks a loop for longer
    /// than <see cref="StopTimeoutMs"/>, the task completes without that guarantee.
    /// </summary>
    public Task StopListeningAsync() => WaitAsync(CloseListenersAsync());

    /// <summary>
    /// Stops listening, closes the connections that are left, and ends the loops. The task completes once they have ended, or after
    /// <see cref="StopTimeoutMs"/>. Disposing again has no effect.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// It was called on a loop of this transport, which would have to wait for itself.
    /// </exception>
    public ValueTask DisposeAsync()
    {
        foreach (TransportLoop loop in _loops)
        {
            if (loop.IsCurrent) throw new InvalidOperationException("A loop cannot end its own transport; dispose it on another thread.");
        }

        GC.SuppressFinalize(this);
        return new ValueTask(WaitAsync(EndAsync()));
    }

    /// <summary>Does what <see cref="DisposeAsync"/> does, and blocks the calling thread until it is done.</summary>
    /// <exception cref="InvalidOperationException">As for <see cref="DisposeAsync"/>.</exception>
    public void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Returns the loop with the fewest connections, and counts the next connection there, so that a burst spreads over the loops.
    /// </summary>
    internal TransportLoop ReserveOnLeastLoadedLoop()
    {
        TransportLoop least = _loops[0];
        for (int i = 1; i < _loops.Length; i++)
        {
            if (_loops[i].ConnectionCount < least.ConnectionCount) least = _loops[i];
        }

        least.CountConnection();
        return least;
    }

    private protected abstract TransportLoop CreateLoop(int index);

    /// <summary>Opens a socket that listens.</summary>
    /// <param name="listener">The options that <see cref="ILoopHandler.OnConnected"/> gets with its connections.</param>
    /// <param name="endPoint">Its address.</param>
    /// <param name="inherited">The descriptor of a socket that already listens there, or null.</param>
    /// <exception cref="TransportException">As for <see cref="Listen"/>.</exception>
    private protected abstract IListeningSocket Open(ListenOptions listener, EndPoint endPoint, int? inherited);

    /// <summary>Closes all listeners.</summary>
    /// <returns>Completes when the guarantee of <see cref="StopListeningAsync"/> holds, even if a loop is blocked for long.</returns>
    private protected abstract Task CloseListenersAsync();

    private static int? InheritedBy(ListenOptions listener, int index) =>
        index < listener.InheritedSockets.Count ? listener.InheritedSockets[index] : null;

    private IListeningSocket? OpenTwin(ListenOptions listener, EndPoint first)
    {
        if (listener.Twin is not { } address || first is not IPEndPoint { Port: var port }) return null;
        try
        {
            return Open(listener, new IPEndPoint(address, port), InheritedBy(listener, 1));
        }
        catch (TransportException exception) when (exception.IsAddressMissing)
        {
            return null;
        }
    }

    private Task EndAsync()
    {
        // Each loop handles requests in order, so the listeners are closed before it ends.
        Task closing = CloseListenersAsync();
        return Task.WhenAll([closing, .. _loops.Select(static loop => loop.EndAsync())]);
    }

    private async Task WaitAsync(Task task)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromMilliseconds(StopTimeoutMs)).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A handler blocks its loop. The process need not wait for it.
        }
    }
}
