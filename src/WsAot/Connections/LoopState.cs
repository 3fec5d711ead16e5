using System.Buffers;
using WsAot.Compression;
using WsAot.Logging;
using WsAot.Loops;
using WsAot.Metrics;
using WsAot.Protocol.Messages;
using WsAot.Services;
using WsAot.Timers;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot.Connections;

/// <summary>
/// What the connections of one loop share: time, timers, buffers, topics, compressors and the current turn. Used on that loop unless a
/// member says otherwise.
/// </summary>
internal sealed class LoopState
{
    private const int SampleIntervalMs = 16;

    private readonly TransportLoop _transport;
    private readonly TimeProvider _timeProvider;
    private int _pendingHandlers;
    private long _nowMs = -1;

    public LoopState(ServerContext server, TransportLoop transport, int index)
    {
        (Server, _transport, _timeProvider) = (server, transport, server.TimeProvider);
        Turn = new LoopTurn(transport.Clock, server.TurnUnits);
        Topics = new LoopTopics(server.Topics, transport, Turn, index);
        Receivers = new ReceiverPool(transport.Pool);
        Compression = new LoopCompression(server.Options.CompressionLevel, transport.Pool);
        Timers = new TimerWheel(ReadTimeMs());
    }

    public ServerContext Server { get; }

    public ArrayPool<byte> Pool => _transport.Pool;

    /// <summary>The receivers that connections use while a message is incomplete.</summary>
    public ReceiverPool Receivers { get; }

    public TimerWheel Timers { get; }

    public LoopTurn Turn { get; }

    public LoopTopics Topics { get; }

    public LoopCompression Compression { get; }

    /// <summary>The counters of this loop.</summary>
    public LoopCounters Counters { get; } = new();

    /// <summary>
    /// When the next call of a handler is to be timed. Timing a call reads the clock twice, so a busy loop times only about 60 calls a
    /// second. A quiet loop times all of them.
    /// </summary>
    public long NextSampleMs { get; private set; }

    /// <summary>Whether the call that runs now is being timed.</summary>
    public bool IsSampling { get; set; }

    /// <summary>The open connections.</summary>
    public SessionList Sessions { get; } = new();

    /// <summary>How to close a connection that opens while the server is stopping; null if the server is not stopping.</summary>
    public StopClose? Stop { get; set; }

    /// <summary>Whether the server is stopping and accepts no more connections.</summary>
    public bool IsDraining => Stop is not null;

    /// <summary>Whether the caller is on this loop. Any thread.</summary>
    public bool IsCurrent => _transport.IsCurrent;

    /// <summary>The time in milliseconds from an arbitrary start, read once per batch.</summary>
    public long NowMs => _nowMs >= 0 ? _nowMs : _nowMs = ReadTimeMs();

    /// <summary>The number of connections and asynchronous handlers that have not ended. Any thread.</summary>
    public int Unfinished => _transport.ConnectionCount + Volatile.Read(ref _pendingHandlers);

    /// <summary>The due sample was taken; the next one is due after the interval.</summary>
    public void OnSampled() => NextSampleMs = NowMs + SampleIntervalMs;

    /// <summary>A timestamp for <see cref="GetElapsed"/>.</summary>
    public long GetTimestamp() => _timeProvider.GetTimestamp();

    public TimeSpan GetElapsed(long sinceTimestamp) => _timeProvider.GetElapsedTime(sinceTimestamp);

    /// <summary>Runs a work item on this loop, after those posted before it. Any thread.</summary>
    public void Post(LoopWorkItem item) => _transport.Post(static item => ((LoopWorkItem)item!).Run(), item);

    /// <summary>Counts an asynchronous handler, so that a draining server waits for it.</summary>
    public void BeginWork() => Interlocked.Increment(ref _pendingHandlers);

    /// <summary>The handler is done. Any thread.</summary>
    public void EndWork() => Interlocked.Decrement(ref _pendingHandlers);

    /// <summary>Disposes the services of a connection. A draining server waits for it.</summary>
    public async void End(ConnectionServices services)
    {
        BeginWork();
        try
        {
            await services.EndAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.DisposeFailed(Server.Logger, exception);
        }

        EndWork();
    }

    /// <summary>Begins the turn of the connection that the transport serves.</summary>
    public void BeginTurn() => Turn.Begin();

    /// <summary>Defers the posted work that follows the current item to the next batch.</summary>
    public void DeferPosted() => _transport.DeferPosted();

    /// <summary>The batch has ended. The cached time is stale, since the next batch may start at any time.</summary>
    /// <returns>Whether the next batch should come at once.</returns>
    public bool OnBatchEnd()
    {
        _nowMs = -1;
        Turn.OnBatchEnd();
        return Topics.OnBatchEnd();
    }

    private long ReadTimeMs() => (long)(_timeProvider.GetTimestamp() * (1000.0 / _timeProvider.TimestampFrequency));
}
