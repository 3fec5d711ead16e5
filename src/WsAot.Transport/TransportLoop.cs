using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WsAot.Transport.Buffers;
using WsAot.Transport.Output;

namespace WsAot.Transport;

/// <summary>
/// One event loop: a thread, the connections that belong to it, and the two buffers that they share. Everything about its
/// connections happens on its thread; <see cref="Post"/> is the way there from other threads.
/// </summary>
public abstract class TransportLoop
{
    /// <summary>How long accepting pauses when the process is out of descriptors or memory, in milliseconds.</summary>
    public const int AcceptRetryMs = 250;

    private const int MaxSpareQueues = 1024;
    private const int MaxPostedPerBatch = 1024;

    /// <summary>
    /// Batches that a loop may still need to run what its last connections post when they end: a connection can have some two hundred
    /// turns' worth of messages waiting.
    /// </summary>
    private const int MaxLastBatches = 1024;

    /// <summary>
    /// The memory that output may take, in bytes, while it gathers for connections that are not being served: beyond that it is sent in the
    /// middle of a batch. A message to a hundred thousand of them would else have each take a queue and a chunk at the same time.
    /// </summary>
    private const int MaxGatheredBytes = 16 * 1024 * 1024;

    /// <summary>What a queue takes without its chunks, roughly.</summary>
    private const int QueueBytes = 256;

    private readonly ConcurrentQueue<Posted> _posted = new();
    private readonly Stack<OutputQueue> _spareQueues = new();
    private readonly LoopSynchronizationContext _synchronizationContext;
    private readonly List<TransportConnection> _closed = [];
    private List<TransportConnection> _turns = [];        // of this batch
    private List<TransportConnection> _nextTurns = [];
    private TransportConnection? _firstDirty;
    private int _gatheredBytes;
    private int _wakeRequested;
    private int _connectionCount;
    private volatile int _threadId;

    /// <summary>Makes a loop.</summary>
    /// <param name="options">Its transport's.</param>
    /// <param name="pool">Where it rents its buffers; null: from a <see cref="LoopBufferPool"/> of its own.</param>
    protected TransportLoop(TransportOptions options, ArrayPool<byte>? pool)
    {
        Pool = pool ?? new LoopBufferPool(this);
        _synchronizationContext = new LoopSynchronizationContext(this);
        ReceiveBuffer = GC.AllocateUninitializedArray<byte>(options.ReceiveBufferBytes, pinned: true);
        SendBuffer = new SendBuffer(options.SendBufferBytes);
    }

    /// <summary>Connections that belong to this loop, or are on their way to it. Any thread.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    /// <summary>Whether the caller is on this loop. Any thread.</summary>
    public bool IsCurrent => _threadId == Environment.CurrentManagedThreadId;

    /// <summary>Where buffers are rented for what happens on this loop. On the loop.</summary>
    public ArrayPool<byte> Pool { get; }

    internal SendBuffer SendBuffer { get; }

    /// <summary>The connection that is being served, whose output gathers in <see cref="SendBuffer"/>.</summary>
    internal TransportConnection? Corked { get; set; }

    /// <summary>Who hears of this loop.</summary>
    protected internal ILoopHandler Handler { get; internal set; } = null!;

    /// <summary>The one buffer into which this loop receives.</summary>
    protected internal byte[] ReceiveBuffer { get; }

    /// <summary>How much of <see cref="ReceiveBuffer"/> the connection that is being served has just received.</summary>
    internal int ReceivedLength { get; set; }

    /// <summary>Whether calls from other threads wait, or turns.</summary>
    protected bool HasPosted => !_posted.IsEmpty || _turns.Count + _nextTurns.Count > 0;

    /// <summary>
    /// Runs a call on this loop, after those posted before it. Any thread; never runs it within the caller. A loop that has ended
    /// drops it.
    /// </summary>
    public void Post(Action<object?> action, object? state)
    {
        _posted.Enqueue(new Posted(action, state));
        // The loop itself looks before it waits; for others, waking it once is enough until it has begun to look.
        if (IsCurrent) return;
        if (Interlocked.Exchange(ref _wakeRequested, 1) == 0) Wake();
    }

    /// <summary>Runs a call on this loop and waits for it; a loop cannot wait for itself, so there it is only posted.</summary>
    internal void RunAndWait(Action<object?> action, object? state, int timeoutMs)
    {
        if (IsCurrent)
        {
            Post(action, state);
            return;
        }

        // Never disposed: it owns nothing unless its WaitHandle is asked for, and the loop may still be inside Set.
        var done = new ManualResetEventSlim();
        Post(action, state);
        Post(static done => ((ManualResetEventSlim)done!).Set(), done);
        done.Wait(timeoutMs);
    }

    /// <summary>Whether bytes lie in what has just been received, and where.</summary>
    internal bool TryFindReceived(ReadOnlySpan<byte> bytes, out int start)
    {
        nint distance = Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(ReceiveBuffer), ref MemoryMarshal.GetReference(bytes));
        start = (int)distance;
        // One comparison for both ends: what lies before the buffer is far behind it as an unsigned number.
        return (nuint)distance < (nuint)ReceivedLength && (nuint)distance + (nuint)bytes.Length <= (nuint)ReceivedLength;
    }

    internal OutputQueue RentQueue() => _spareQueues.TryPop(out OutputQueue? queue) ? queue : new OutputQueue(Pool);

    internal void ReturnQueue(OutputQueue queue)
    {
        if (_spareQueues.Count < MaxSpareQueues) _spareQueues.Push(queue);
    }

    internal void AddDirty(TransportConnection connection)
    {
        connection.NextDirty = _firstDirty;
        _firstDirty = connection;
        _gatheredBytes += QueueBytes;
    }

    /// <summary>Output was queued that is sent when the batch ends; sends it, and what else has gathered, when that is too much.</summary>
    internal void OnGathered(int rentedBytes)
    {
        _gatheredBytes += rentedBytes;
        if (_gatheredBytes > MaxGatheredBytes) FlushDirty();
    }

    internal void AddTurn(TransportConnection connection) => _nextTurns.Add(connection);

    internal void AddClosed(TransportConnection connection) => _closed.Add(connection);

    /// <summary>Counts a connection that is about to come, so that a burst spreads over the loops at once.</summary>
    internal void CountConnection() => Interlocked.Increment(ref _connectionCount);

    /// <summary>Takes back <see cref="CountConnection"/>.</summary>
    internal void UncountConnection() => Interlocked.Decrement(ref _connectionCount);

    /// <summary>Interrupts the wait of the loop's thread. Any thread.</summary>
    protected abstract void Wake();

    /// <summary>Makes the calling thread this loop's own, until <see cref="Leave"/>.</summary>
    /// <returns>The thread's former context, for <see cref="Leave"/>.</returns>
    protected SynchronizationContext? Enter()
    {
        _threadId = Environment.CurrentManagedThreadId;
        SynchronizationContext? former = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_synchronizationContext);
        return former;
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    protected void Leave(SynchronizationContext? former)
    {
        SynchronizationContext.SetSynchronizationContext(former);
        _threadId = 0;
    }

    /// <summary>Introduces a new connection to the loop's owner. <see cref="CountConnection"/> was called for it.</summary>
    protected void Adopt(TransportConnection connection)
    {
        try
        {
            connection.Handler = Handler.OnConnected(connection);
        }
        catch (Exception exception)
        {
            OnException(exception, connection);
        }
    }

    /// <summary>Reports what a callback threw, and closes the connection it was for.</summary>
    protected void OnException(Exception exception, TransportConnection? connection)
    {
        connection?.Abort();
        Handler.OnUnhandledException(exception);
    }

    /// <summary>
    /// Ends a batch: runs what was posted, gives the turns that were asked for in the last one, frees what was closed, lets the owner do what is due, and sends what was written.
    /// </summary>
    /// <returns>Milliseconds until the next batch must begin; -1: whenever something happens.</returns>
    protected int EndBatch()
    {
        RunPosted();
        TakeTurns();
        FreeClosed();
        bool wasPoolEmpty = IsPoolEmpty;
        int waitMs;
        try
        {
            waitMs = Math.Max(Handler.OnBatchEnd(), -1);
        }
        catch (Exception exception)
        {
            // It may well throw again, so not at once.
            OnException(exception, null);
            waitMs = AcceptRetryMs;
        }

        // Handlers that hear of an end may write to others, so one pass may give the other more to do. They may also have made
        // something due that the owner did not know of when it said how long to wait: it is asked again.
        while (_firstDirty is not null || _closed.Count > 0)
        {
            FlushDirty();
            if (_closed.Count == 0) continue;
            FreeClosed();
            waitMs = 0;
        }

        // The owner has the pool trimmed, but the first buffer came back only now.
        if (wasPoolEmpty && !IsPoolEmpty) waitMs = 0;
        return HasPosted ? 0 : waitMs;
    }

    /// <summary>The last batches, after the loop has closed its connections: what they post when they end still runs.</summary>
    protected void EndLastBatches()
    {
        EndBatch();
        for (int i = 0; i < MaxLastBatches && (HasPosted || _closed.Count > 0); i++) EndBatch();
        try
        {
            Handler.OnEnded();
        }
        catch (Exception exception)
        {
            OnException(exception, null);
        }
    }

    private bool IsPoolEmpty => Pool is not LoopBufferPool { KeptCount: > 0 };

    private void RunPosted()
    {
        Volatile.Write(ref _wakeRequested, 0);
        Interlocked.MemoryBarrier();
        // Only what is there now, and not too much of it: calls that post again, and a flood of them, leave the sockets their turn.
        for (int left = Math.Min(_posted.Count, MaxPostedPerBatch); left > 0 && _posted.TryDequeue(out Posted posted); left--)
        {
            try
            {
                posted.Action(posted.State);
            }
            catch (Exception exception)
            {
                OnException(exception, null);
            }
        }
    }

    private void TakeTurns()
    {
        foreach (TransportConnection connection in _turns)
        {
            try
            {
                connection.DeliverTurn();
            }
            catch (Exception exception)
            {
                OnException(exception, connection);
            }
        }

        // Those that were asked for in this batch come in the next: whoever asks each time has one turn for each of the others'.
        _turns.Clear();
        (_turns, _nextTurns) = (_nextTurns, _turns);
    }

    private void FlushDirty()
    {
        while (_firstDirty is { } connection)
        {
            _firstDirty = connection.NextDirty;
            connection.NextDirty = null;
            connection.FlushDirty();
        }

        _gatheredBytes = 0;
    }

    private void FreeClosed()
    {
        // Nothing of this batch names them any more; those that are closed meanwhile are freed in the same pass.
        for (int i = 0; i < _closed.Count; i++)
        {
            try
            {
                _closed[i].Free();
            }
            catch (Exception exception)
            {
                OnException(exception, null);
            }

            UncountConnection();
        }

        _closed.Clear();
    }

    private readonly record struct Posted(Action<object?> Action, object? State);
}
