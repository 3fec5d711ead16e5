using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WsAot.Transport.Buffers;
using WsAot.Transport.Loops;
using WsAot.Transport.Output;

namespace WsAot.Transport;

/// <summary>
/// One event loop: a thread, the connections that belong to it, and the two buffers that they share. Everything about its connections
/// happens on its thread; from other threads, use <see cref="Post"/>.
/// </summary>
public abstract partial class TransportLoop
{
    /// <summary>How long accepting pauses when the process is out of descriptors or memory, in milliseconds.</summary>
    public const int AcceptRetryMs = 250;

    /// <summary>
    /// How much longer than the received ciphertext the decrypted bytes can be: by one record, of which all but the end arrived before.
    /// Memory that is never written costs nothing.
    /// </summary>
    private const int DecryptedBeyondBytes = 17 * 1024;

    private readonly PostedCalls _posted = new();
    private readonly OutputQueuePool _queues;
    private readonly FlushList _flushList;
    private readonly LoopSynchronizationContext _synchronizationContext;
    private readonly List<LoopMember> _closed = [];
    private List<LoopMember> _turns = [];        // of this batch
    private List<LoopMember> _nextTurns = [];
    private int _connectionCount;
    /// <summary>Not the number of any thread, and not the value of <see cref="s_threadId"/> on a thread that has run no loop.</summary>
    private const int NoThread = -1;

    // The number of this thread, if it runs loops. Every message needs it, and asking the framework takes three times as many instructions.
    [ThreadStatic]
    private static int s_threadId;

    private volatile int _threadId = NoThread;

    private protected TransportLoop(TransportOptions options, ArrayPool<byte>? pool)
    {
        Pool = pool ?? new LoopBufferPool(() => IsCurrent);
        Clock = new WorkClock(options.TimeProvider);
        _flushList = new FlushList(Clock);
        _queues = new OutputQueuePool(Pool);
        _synchronizationContext = new LoopSynchronizationContext(this);
        ReceiveBytes = options.ReceiveBufferBytes;
        ReceiveBuffer = GC.AllocateUninitializedArray<byte>(ReceiveBytes + DecryptedBeyondBytes, pinned: true);
        SendBuffer = new SendBuffer(options.SendBufferBytes);
    }

    /// <summary>The connections that belong to this loop or are on their way to it. Any thread.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    /// <summary>The bytes that its connections have received; with TLS, encrypted bytes. Any thread.</summary>
    public long ReceivedBytes { get; internal set; }

    /// <summary>The bytes that its connections have sent; with TLS, encrypted bytes. Any thread.</summary>
    public long SentBytes { get; internal set; }

    /// <summary>The TLS handshakes that its connections have completed. Any thread.</summary>
    public long TlsHandshakes { get; internal set; }

    /// <summary>
    /// How many of <see cref="TlsHandshakes"/> resumed an earlier session; 0 on the sockets transport, which does not know. Any thread.
    /// </summary>
    public long TlsResumptions { get; internal set; }

    /// <summary>The processor time that its thread has used; zero if it is not known. Waiting for events uses none. Any thread.</summary>
    public virtual TimeSpan ProcessorTime => TimeSpan.Zero;

    /// <summary>Whether the caller runs on this loop. Any thread.</summary>
    public bool IsCurrent => _threadId == s_threadId;

    /// <summary>The buffer pool of this loop. On the loop.</summary>
    public ArrayPool<byte> Pool { get; }

    /// <summary>
    /// Whether so much output waits for the end of the batch that no more should be written for now. On the loop.
    /// </summary>
    public bool IsOutputGathered => _flushList.IsFull;

    /// <summary>The clock that limits portions of work. On the loop.</summary>
    public WorkClock Clock { get; }

    /// <summary>The owner of this loop.</summary>
    internal ILoopHandler Handler { get; set; } = null!;

    /// <summary>The most bytes that a connection receives at a time.</summary>
    internal int ReceiveBytes { get; }

    /// <summary>The one buffer into which this loop receives. It is pinned, and larger than <see cref="ReceiveBytes"/>.</summary>
    internal byte[] ReceiveBuffer { get; }

    /// <summary>
    /// How many bytes the connection that is being served has just received, at the start of <see cref="ReceiveBuffer"/>.
    /// </summary>
    internal int ReceivedLength { get; set; }

    internal SendBuffer SendBuffer { get; }

    /// <summary>The transport's own timer, which the loop serves beside its owner's.</summary>
    internal ILoopTimer? Timer { get; set; }

    /// <summary>The connection that is being served, whose output gathers in <see cref="SendBuffer"/>.</summary>
    internal LoopMember? Corked { get; set; }

    /// <summary>The connection whose callback (input or a turn) is running. Null at other times. On the loop.</summary>
    public LoopMember? Served => Corked;

    /// <summary>Whether posted calls, turns or output wait for the next batch.</summary>
    private protected bool HasWork => !_posted.IsEmpty || _turns.Count + _nextTurns.Count > 0 || !_flushList.IsEmpty;

    private bool IsPoolEmpty => Pool is not LoopBufferPool { KeptCount: > 0 };

    /// <summary>
    /// Runs a call on this loop, after those that were posted before it, and never within the caller. A loop that has ended does not run
    /// it. Any thread.
    /// </summary>
    public void Post(Action<object?> action, object? state)
    {
        _posted.Add(action, state);
        // The loop looks for calls before it waits, so only other threads must wake it, and only once until it looks.
        if (!IsCurrent && _posted.TryRequestWake()) Wake();
    }

    /// <summary>
    /// Leaves the calls that were posted after the current one to the next batch, which follows at once: for a call that takes long. On the
    /// loop.
    /// </summary>
    public void DeferPosted() => _posted.EndPortion();

    /// <summary>Starts the loop's thread, if it has one of its own.</summary>
    internal abstract void Start();

    /// <summary>Closes the loop's connections and ends it. Calling it again has no effect.</summary>
    /// <returns>Completes when the loop has ended.</returns>
    internal abstract Task EndAsync();

    /// <summary>Whether these bytes are among those that were just received, and where.</summary>
    internal bool TryFindReceived(ReadOnlySpan<byte> bytes, out int start)
    {
        nint distance = Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(ReceiveBuffer), ref MemoryMarshal.GetReference(bytes));
        start = (int)distance;
        // As an unsigned number, the distance to something before the buffer is large: one comparison checks both ends.
        return (nuint)distance < (nuint)ReceivedLength && (nuint)distance + (nuint)bytes.Length <= (nuint)ReceivedLength;
    }

    internal OutputQueue RentQueue()
    {
        AssertOnLoop();
        return _queues.Rent();
    }

    internal void ReturnQueue(OutputQueue queue)
    {
        AssertOnLoop();
        _queues.Return(queue);
    }

    /// <summary>Makes the loop call <see cref="LoopMember.FlushQueued"/> when the batch ends.</summary>
    /// <param name="member">The connection, with output in its queue.</param>
    /// <param name="rentedBytes">The memory that was rented for that output.</param>
    internal void AddNeedsFlush(LoopMember member, int rentedBytes)
    {
        AssertOnLoop();
        _flushList.Add(member, rentedBytes);
    }

    /// <summary>Counts memory that was rented for output which is sent when the batch ends.</summary>
    internal void OnOutputRented(int bytes) => _flushList.OnRented(bytes);

    /// <summary>Makes the loop call <see cref="LoopMember.RunTurn"/> in the next batch.</summary>
    internal void AddTurn(LoopMember member)
    {
        AssertOnLoop();
        _nextTurns.Add(member);
    }

    /// <summary>
    /// Makes the loop call <see cref="LoopMember.Free"/> when no event of this batch can refer to the connection any more.
    /// </summary>
    internal void AddClosed(LoopMember member)
    {
        AssertOnLoop();
        _closed.Add(member);
    }

    /// <summary>Counts a connection that is about to come, so that a burst spreads over the loops. Any thread.</summary>
    internal void CountConnection() => Interlocked.Increment(ref _connectionCount);

    /// <summary>Takes back <see cref="CountConnection"/>. Any thread.</summary>
    internal void UncountConnection()
    {
        int count = Interlocked.Decrement(ref _connectionCount);
        Debug.Assert(count >= 0, "Every connection is counted once.");
    }

    /// <summary>Reports what a callback threw, and aborts the connection it was for.</summary>
    internal void OnException(Exception exception, LoopMember? member)
    {
        member?.Abort();
        Handler.OnUnhandledException(exception);
    }

    /// <summary>Interrupts the wait of the loop's thread. Any thread.</summary>
    private protected abstract void Wake();

    /// <summary>Makes the calling thread this loop's own, until <see cref="Leave"/>.</summary>
    /// <returns>The former context of the thread, for <see cref="Leave"/>.</returns>
    private protected SynchronizationContext? Enter()
    {
        Debug.Assert(_threadId == NoThread, "A loop runs on one thread at a time.");
        _threadId = s_threadId = Environment.CurrentManagedThreadId;
        SynchronizationContext? former = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_synchronizationContext);
        return former;
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    private protected void Leave(SynchronizationContext? former)
    {
        AssertOnLoop();
        SynchronizationContext.SetSynchronizationContext(former);
        _threadId = NoThread;
    }

    [Conditional("DEBUG")]
    private void AssertOnLoop() => Debug.Assert(IsCurrent, "A loop was used on another thread; use Post there.");
}
