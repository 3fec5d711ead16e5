using WsAot.Limits;

namespace WsAot.Connections;

/// <summary>
/// What few connections need: one object that is made when the first of it is needed, so that an idle connection pays one field for all.
/// </summary>
internal sealed class SessionExtras
{
    private object? _userState;
    private CancellationTokenSource? _closedSource;
    private ISendWaiters? _waiters;
    private int _isRefusalPosted;

    /// <summary>The messages that wait for the handler; null: none. On the loop.</summary>
    public MessageQueue? Queue { get; set; }

    /// <summary>What has come and was not read yet; null: nothing. On the loop.</summary>
    public DeferredBytes? Deferred { get; set; }

    /// <summary>Whether either of these two is there. On the loop.</summary>
    public bool HasInput => Queue is not null || Deferred is not null;

    /// <summary>The reason in the close frame that began the end. On the loop.</summary>
    public string CloseReason { get; set; } = "";

    /// <summary>The pong that waits until the peer has read some of the output. On the loop.</summary>
    public byte[]? LatePong { get; set; }

    /// <summary>What the connection is closed with when its calls are done, since the server stops; null: it is not. On the loop.</summary>
    public StopClose? Stop { get; set; }

    /// <summary>Whether messages that were kept wait for room in the output. On the loop.</summary>
    public bool IsRecoveryHeld { get; set; }

    /// <summary>What is counted for the log; null: nothing. On the loop.</summary>
    public ConnectionCounters? Counters { get; set; }

    /// <summary>What the upgrade request has named as the parent of what is done for it; null: nothing.</summary>
    public string? TraceParent { get; set; }

    /// <summary>Counts what the peer sends; null: nothing is limited, or it has sent nothing yet. On the loop.</summary>
    public RateLimiter? Rate { get; set; }

    /// <summary>The address that the connection is counted for; <see cref="AddressKey.None"/>: none. On the loop.</summary>
    public ulong CountedAddress { get; set; }

    /// <summary>The place among the connections of its user; null: it is not counted. On the loop.</summary>
    public UserPlace? UserPlace { get; set; }

    /// <summary>The user, as the application has said. Set before the connection opens. Any thread.</summary>
    public string? User { get; set; }

    /// <summary>The application's object. Any thread.</summary>
    public object? UserState
    {
        get => Volatile.Read(ref _userState);
        set => Volatile.Write(ref _userState, value);
    }

    /// <summary>What tells the application that the connection has closed; null: nobody has asked for it. Any thread.</summary>
    public CancellationTokenSource? ClosedSource => Volatile.Read(ref _closedSource);

    /// <summary>The messages that wait for room; null: none has waited yet. Any thread.</summary>
    public ISendWaiters? Waiters => Volatile.Read(ref _waiters);

    /// <summary>
    /// Whether the caller, whose message was refused on another thread, must tell the loop: only the first one until <see
    /// cref="OnRefusalTold"/>.
    /// </summary>
    public bool TryTellRefusal() => Interlocked.Exchange(ref _isRefusalPosted, 1) == 0;

    /// <summary>The loop knows of the refusal.</summary>
    public void OnRefusalTold() => Volatile.Write(ref _isRefusalPosted, 0);

    /// <summary>Sets what tells of the close, unless another thread has done so. Any thread.</summary>
    /// <returns>What another thread has set; null: it is set now.</returns>
    public CancellationTokenSource? SetClosedSource(CancellationTokenSource source) =>
        Interlocked.CompareExchange(ref _closedSource, source, null);

    /// <summary>Sets the waiters, unless another thread has done so. Any thread.</summary>
    public ISendWaiters SetWaiters(ISendWaiters waiters) => Interlocked.CompareExchange(ref _waiters, waiters, null) ?? waiters;

    /// <summary>The topics that were lost, and are to be subscribed to again; null: none was.</summary>
    public HashSet<string>? LostTopics { get; set; }
}
