using WsAot.Limits;

namespace WsAot.Connections;

/// <summary>
/// State that few connections need. The object is created when the first part of it is needed, so an idle connection pays one field for all
/// of it.
/// </summary>
internal sealed class SessionExtras
{
    private object? _userState;
    private CancellationTokenSource? _closedSource;
    private ISendWaiters? _waiters;
    private int _isRefusalPosted;

    /// <summary>The messages that wait for the handler; null if there are none. On the loop.</summary>
    public MessageQueue? Queue { get; set; }

    /// <summary>Received bytes that have not been read yet; null if there are none. On the loop.</summary>
    public DeferredBytes? Deferred { get; set; }

    /// <summary>Whether messages are queued or bytes deferred. On the loop.</summary>
    public bool HasInput => Queue is not null || Deferred is not null;

    /// <summary>The reason in the close frame that began the end. On the loop.</summary>
    public string CloseReason { get; set; } = "";

    /// <summary>The pong that waits until the peer has read some of the output. On the loop.</summary>
    public byte[]? LatePong { get; set; }

    /// <summary>
    /// How to close the connection when its calls are done, because the server is stopping; null if it is not to be closed. On the loop.
    /// </summary>
    public StopClose? Stop { get; set; }

    /// <summary>Whether kept messages of a topic wait for room in the output. On the loop.</summary>
    public bool IsRecoveryHeld { get; set; }

    /// <summary>The counters for the log; null if connections are not logged. On the loop.</summary>
    public ConnectionCounters? Counters { get; set; }

    /// <summary>The <c>traceparent</c> of the upgrade request; null if it had none.</summary>
    public string? TraceParent { get; set; }

    /// <summary>Limits the rate of the peer; null if there is no limit, or if the peer has sent nothing yet. On the loop.</summary>
    public RateLimiter? Rate { get; set; }

    /// <summary>The address that the connection is counted for; <see cref="AddressKey.None"/>: none. On the loop.</summary>
    public ulong CountedAddress { get; set; }

    /// <summary>The place among the connections of its user; null if it is not counted. On the loop.</summary>
    public UserPlace? UserPlace { get; set; }

    /// <summary>The user that the application named. Set before the connection opens. Any thread.</summary>
    public string? User { get; set; }

    /// <summary>The object that the application attached. Any thread.</summary>
    public object? UserState
    {
        get => Volatile.Read(ref _userState);
        set => Volatile.Write(ref _userState, value);
    }

    /// <summary>The source of ConnectionClosed; null if the application has not asked for the token. Any thread.</summary>
    public CancellationTokenSource? ClosedSource => Volatile.Read(ref _closedSource);

    /// <summary>The messages that wait for room; null if none has waited yet. Any thread.</summary>
    public ISendWaiters? Waiters => Volatile.Read(ref _waiters);

    /// <summary>
    /// Whether the caller, whose message was refused on another thread, must tell the loop. True only for the first one until
    /// <see cref="OnRefusalTold"/>.
    /// </summary>
    public bool TryTellRefusal() => Interlocked.Exchange(ref _isRefusalPosted, 1) == 0;

    /// <summary>The loop knows of the refusal.</summary>
    public void OnRefusalTold() => Volatile.Write(ref _isRefusalPosted, 0);

    /// <summary>Sets the source of ConnectionClosed, unless another thread has set one. Any thread.</summary>
    /// <returns>The source of the other thread; null if this one was set.</returns>
    public CancellationTokenSource? SetClosedSource(CancellationTokenSource source) =>
        Interlocked.CompareExchange(ref _closedSource, source, null);

    /// <summary>Sets the waiters, unless another thread has done so. Any thread.</summary>
    public ISendWaiters SetWaiters(ISendWaiters waiters) => Interlocked.CompareExchange(ref _waiters, waiters, null) ?? waiters;

    /// <summary>The lost topics that the connection must subscribe to again; null if there are none.</summary>
    public HashSet<string>? LostTopics { get; set; }
}
