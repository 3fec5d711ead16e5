using WsAot.Compression;
using WsAot.Connections;
using WsAot.Handshake;
using WsAot.Logging;
using WsAot.Memory;
using WsAot.Transport;
using WsAot.Transport.Buffers;

namespace WsAot.Server;

/// <summary>The owner of a transport's loop: brings its new connections to the handshake, and does what is due when a batch ends.</summary>
internal sealed class ServerLoop : ILoopHandler
{
    private readonly LoopMemory _memory;
    private long _acceptFailedMs = long.MinValue / 2;

    public ServerLoop(HandshakeContext context, TransportLoop transport, int index)
    {
        State = new LoopState(context.Server, transport, index);
        Handshakes = new LoopHandshakes(context, State);
        _memory = new LoopMemory(transport.Pool as LoopBufferPool, context.Server.Memory);
    }

    public LoopState State { get; }

    public LoopHandshakes Handshakes { get; }

    public IConnectionHandler OnConnected(TransportConnection connection, ListenOptions listener) => Handshakes.Begin(connection);

    public int OnBatchEnd()
    {
        long nowMs = State.NowMs;
        State.Timers.Advance(nowMs);
        int nextMs = State.Timers.NextInMs(nowMs);
        int memoryMs = _memory.Advance(nowMs);
        State.OnBatchEnd();
        return (uint)memoryMs < (uint)nextMs ? memoryMs : nextMs;
    }

    public void OnAcceptFailed(string reason)
    {
        // One line for as long as it lasts, not one for each attempt.
        if (State.NowMs - _acceptFailedMs > 4 * TransportLoop.AcceptRetryMs)
        {
            Log.AcceptFailed(State.Server.Logger, reason, TransportLoop.AcceptRetryMs);
        }

        _acceptFailedMs = State.NowMs;
    }

    public void OnUnhandledException(Exception exception) => Log.UnhandledException(State.Server.Logger, exception);

    public void OnEnded()
    {
        if (CompressionFeature.IsSupported) State.Compression.Dispose();
    }

    /// <summary>Lets nobody in any more, and closes the connections that are there.</summary>
    public void Drain()
    {
        State.IsDraining = true;
        Handshakes.Drain();
        var sessions = new List<Session>();
        State.Sessions.CopyTo(sessions);
        foreach (Session session in sessions) session.CloseForStop();
    }
}
