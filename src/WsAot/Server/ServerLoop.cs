using WsAot.Compression;
using WsAot.Connections;
using WsAot.Handshake;
using WsAot.Logging;
using WsAot.Memory;
using WsAot.Transport;
using WsAot.Transport.Buffers;

namespace WsAot.Server;

/// <summary>
/// The server's side of a transport loop: starts the handshakes of new connections, and runs what is due at the end of a batch.
/// </summary>
internal sealed class ServerLoop : ILoopHandler
{
    private readonly LoopMemory _memory;
    private long _acceptFailedMs = long.MinValue / 2;

    public ServerLoop(HandshakeContext context, TransportLoop transport, int index)
    {
        Transport = transport;
        State = new LoopState(context.Server, transport, index);
        Handshakes = new LoopHandshakes(context, State);
        _memory = new LoopMemory(transport.Pool as LoopBufferPool, context.Server.Memory, new MemoryWatch(State));
    }

    public TransportLoop Transport { get; }

    public LoopState State { get; }

    public LoopHandshakes Handshakes { get; }

    public IConnectionHandler OnConnected(TransportConnection connection, ListenOptions listener) =>
        connection.Preamble is null ? Handshakes.Begin(connection) : Handshakes.BeginProxyHeader(connection);

    public int OnBatchEnd()
    {
        long nowMs = State.NowMs;
        State.Timers.Advance(nowMs);
        // This call may set a timer.
        int memoryMs = _memory.Advance(nowMs);
        int nextMs = State.Timers.NextInMs(nowMs);
        if (State.OnBatchEnd()) return 0;
        return (uint)memoryMs < (uint)nextMs ? memoryMs : nextMs;
    }

    public void OnAcceptFailed(string reason)
    {
        // Log once while accepting keeps failing, not at every attempt.
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
}
