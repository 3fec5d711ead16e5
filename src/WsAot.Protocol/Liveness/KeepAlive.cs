namespace WsAot.Protocol.Liveness;

/// <summary>
/// Decides when a server pings a connection, when it closes it for being idle, and when it drops it (RFC 6455 sections 5.5.2, 7.1.1 and
/// 7.1.4). Time comes in as a number, actions and the next deadline come out; there is no timer and no clock behind it. It lives as a field
/// of its connection. Not thread-safe; do not copy. The default value is a connection that is not open yet.
/// </summary>
/// <remarks>
/// What comes in only notes the time: a deadline that has become too early is not moved when a message comes, but asked again when it
/// has come. So a message costs no work on the timer.
/// </remarks>
public struct KeepAlive
{
    /// <summary>The next deadline of a connection that has none.</summary>
    public const long Never = long.MaxValue;

    /// <summary>
    /// A timer that fires this much too late tells of a loop that was held up: the pong may have come meanwhile and not been read yet.
    /// </summary>
    public const int LateMs = 128;

    /// <summary>How long such a loop has to read what came meanwhile, before the peer is judged.</summary>
    private const int RetryMs = 64;

    private long _activityMs;
    private long _messageMs;
    private Flags _flags;

    [Flags]
    private enum Flags : byte
    {
        PongDue = 1,
        RetriedLate = 2,
        Closing = 4,
    }

    /// <summary>The connection is open: its time begins.</summary>
    /// <returns>When <see cref="OnDeadline"/> is to be called; <see cref="Never"/> if it need not be.</returns>
    public long OnOpened(long nowMs, KeepAliveOptions options)
    {
        OnActivity(nowMs);
        _messageMs = nowMs;
        return NextDeadline(nowMs, options);
    }

    /// <summary>The peer has sent something, or has taken output: it is there.</summary>
    public void OnActivity(long nowMs)
    {
        _activityMs = nowMs;
        _flags &= ~Flags.PongDue;
    }

    /// <summary>The activity noted last was a message, and not only a sign of life: the connection is not idle.</summary>
    public void OnMessage() => _messageMs = _activityMs;

    /// <summary>A close frame or a FIN has been sent: from here on only the end of the handshake counts. It may be called again.</summary>
    /// <returns>When <see cref="OnDeadline"/> is to be called.</returns>
    public long OnClosing(long nowMs, KeepAliveOptions options)
    {
        _flags |= Flags.Closing;
        return nowMs + options.CloseTimeoutMs;
    }

    /// <summary>The deadline has come.</summary>
    /// <param name="nowMs">The time.</param>
    /// <param name="dueMs">The deadline that was asked for; later than that by more than <see cref="LateMs"/> means a loop that was held up.</param>
    /// <param name="conditions">How the connection stands.</param>
    /// <param name="options">The timeouts.</param>
    /// <param name="nextMs">
    /// When to call again. <see cref="Never"/> after <see cref="KeepAliveAction.Drop"/>, and after <see cref="KeepAliveAction.Close"/>, which
    /// is followed by <see cref="OnClosing"/>.
    /// </param>
    public KeepAliveAction OnDeadline(long nowMs, long dueMs, PeerConditions conditions, KeepAliveOptions options, out long nextMs)
    {
        nextMs = Never;
        if (Has(Flags.Closing)) return KeepAliveAction.Drop;

        // Behind output that waits a ping would wait too, so there progress of the output stands for the pong. A peer whose input the
        // server does not take cannot answer: it gets its ping without a deadline, and if nobody is there, the kernel will say so.
        bool isOutputFull = (conditions & PeerConditions.OutputFull) != 0;
        bool canShowLife = isOutputFull || (conditions & PeerConditions.InputPaused) == 0;
        if (Has(Flags.PongDue))
        {
            if (nowMs - dueMs > LateMs && !Has(Flags.RetriedLate))
            {
                _flags |= Flags.RetriedLate;
                nextMs = nowMs + RetryMs;
                return KeepAliveAction.None;
            }

            if (canShowLife) return KeepAliveAction.Drop;
        }

        _flags &= ~(Flags.RetriedLate | Flags.PongDue);
        bool isBusy = (conditions & PeerConditions.HandlerBusy) != 0;
        if (options.IdleTimeoutMs > 0 && nowMs - _messageMs >= options.IdleTimeoutMs && !isBusy) return KeepAliveAction.Close;

        bool isSilent = options.PingIntervalMs > 0 && nowMs - _activityMs >= options.PingIntervalMs;
        if (isSilent && canShowLife) _flags |= Flags.PongDue;
        nextMs = NextDeadline(nowMs, options);
        return isSilent && !isOutputFull ? KeepAliveAction.Ping : KeepAliveAction.None;
    }

    /// <summary>When an interval since an event is over; where it is over already and nothing came of it, in another interval.</summary>
    private static long NextAfter(long nowMs, long eventMs, int intervalMs) =>
        eventMs + intervalMs > nowMs ? eventMs + intervalMs : nowMs + intervalMs;

    private readonly bool Has(Flags flag) => (_flags & flag) != 0;

    private readonly long NextDeadline(long nowMs, KeepAliveOptions options)
    {
        long nextMs = Never;
        if (Has(Flags.PongDue)) nextMs = nowMs + options.PongTimeoutMs;
        else if (options.PingIntervalMs > 0) nextMs = NextAfter(nowMs, _activityMs, options.PingIntervalMs);
        if (options.IdleTimeoutMs > 0) nextMs = Math.Min(nextMs, NextAfter(nowMs, _messageMs, options.IdleTimeoutMs));
        return nextMs;
    }
}
