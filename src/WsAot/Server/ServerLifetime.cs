using System.Net;
using WsAot.Connections;
using WsAot.Handshake;
using WsAot.Logging;
using WsAot.Loops;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>A server's start and stop, and the loops that it has in between.</summary>
internal sealed class ServerLifetime(HandshakeContext context, ServerTransport transport)
{
    /// <summary>How long, after the drain timeout, each loop has to end what it is in the middle of.</summary>
    private const int LastWaitMs = 250;

    /// <summary>How often a server that stops looks whether all have gone.</summary>
    private static readonly TimeSpan s_drainCheckInterval = TimeSpan.FromMilliseconds(10);

    private int _state;

    /// <summary>How far it has come. Any thread.</summary>
    public ServerState State => (ServerState)Volatile.Read(ref _state);

    /// <summary>The loops, in order; none before the start. They stay after the stop.</summary>
    public ServerLoop[] Loops { get; private set; } = [];

    /// <summary>Open connections. Any thread.</summary>
    public int ConnectionCount
    {
        get
        {
            int count = 0;
            foreach (ServerLoop loop in Loops) count += loop.State.Sessions.Count;
            return count;
        }
    }

    /// <summary>Connections that are not gone, and handlers that have not returned. Any thread.</summary>
    public int UnfinishedCount
    {
        get
        {
            int count = 0;
            foreach (ServerLoop loop in Loops) count += loop.State.Unfinished;
            return count;
        }
    }

    private ServerContext Server => context.Server;

    /// <summary>Starts the loops and listens.</summary>
    /// <returns>The addresses with their real ports.</returns>
    /// <exception cref="TransportException">An address cannot be listened on; nothing is left running then.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public IReadOnlyList<string> Start(IReadOnlyList<IPEndPoint> addresses)
    {
        if (!TryAdvance(ServerState.Created, ServerState.Running)) throw new InvalidOperationException("A server is started once.");
        try
        {
            StartLoops();
            var urls = new List<string>();
            foreach (IPEndPoint address in addresses) urls.Add(ListenAddress.Format(transport.Listen(new ListenOptions(address))));
            foreach (string url in urls) Log.Listening(Server.Logger, url, transport.Name, Loops.Length);
            return urls;
        }
        catch
        {
            _state = (int)ServerState.Stopped;
            Loops = [];
            transport.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Lets nobody in any more, closes every connection with 1001, and ends the loops after the last has gone, or the drain timeout is over.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!TryAdvance(ServerState.Running, ServerState.Stopping))
        {
            if (TryAdvance(ServerState.Created, ServerState.Stopped)) await transport.DisposeAsync().ConfigureAwait(false);
            return;
        }

        Log.Stopping(Server.Logger, ConnectionCount);
        int drainTimeoutMs = Server.Options.DrainTimeoutMs;
        // A handler that blocks its loop must not keep the process: it is waited for as long as everything else, and no longer.
        transport.StopTimeoutMs = drainTimeoutMs;
        await transport.StopListeningAsync().ConfigureAwait(false);
        foreach (ServerLoop loop in Loops) loop.State.Post(new DrainWorkItem(loop));
        await WaitForTheLastAsync(drainTimeoutMs, cancellationToken).ConfigureAwait(false);
        if (UnfinishedCount is > 0 and int left)
        {
            Log.DrainTimedOut(Server.Logger, left, drainTimeoutMs);
            transport.StopTimeoutMs = LastWaitMs;
        }

        await transport.DisposeAsync().ConfigureAwait(false);
        Volatile.Write(ref _state, (int)ServerState.Stopped);
        Log.Stopped(Server.Logger);
    }

    /// <summary>The connections that are open now. Any thread.</summary>
    public List<Session> GetSessions()
    {
        var sessions = new List<Session>();
        foreach (ServerLoop loop in Loops) loop.State.Sessions.CopyTo(sessions);
        return sessions;
    }

    private void StartLoops()
    {
        var loops = new List<ServerLoop>();
        transport.Start(transportLoop =>
        {
            var loop = new ServerLoop(context, transportLoop, loops.Count);
            loops.Add(loop);
            // Before the last of them runs, all must be known.
            if (loops.Count == transport.Loops.Count) OnLoopsCreated(loops);
            return loop;
        });
    }

    private void OnLoopsCreated(List<ServerLoop> loops)
    {
        Loops = [.. loops];
        var topics = new LoopTopics[loops.Count];
        var connections = new ISubscribers[loops.Count];
        for (int i = 0; i < loops.Count; i++) (topics[i], connections[i]) = (loops[i].State.Topics, loops[i].State.Sessions);
        Server.Topics.Start(topics, connections);
    }

    private async Task WaitForTheLastAsync(int timeoutMs, CancellationToken cancellationToken)
    {
        TimeProvider time = Server.TimeProvider;
        long start = time.GetTimestamp();
        while (UnfinishedCount > 0 && !cancellationToken.IsCancellationRequested
            && time.GetElapsedTime(start).TotalMilliseconds < timeoutMs)
        {
            await Task.Delay(s_drainCheckInterval, time, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private bool TryAdvance(ServerState from, ServerState to) =>
        Interlocked.CompareExchange(ref _state, (int)to, (int)from) == (int)from;

    private sealed class DrainWorkItem(ServerLoop loop) : LoopWorkItem
    {
        public override void Run() => loop.Drain();
    }
}
