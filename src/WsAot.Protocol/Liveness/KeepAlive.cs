using System.Diagnostics;

namespace WsAot.Protocol.Liveness;

/// <summary>
/// Decides when a server pings a connection, closes it as idle, or drops it (RFC 6455 sections 5.5.2, 7.1.1 and 7.1.4). You pass in the
/// time as a number and get back an action and the next deadline; there is no timer or clock inside. It lives as a field of its connection.
/// Not thread-safe; do not copy. The default value is a connection that is not open yet.
/// </summary>
/// <remarks>
/// Input only records the time. It does not move the deadline; when the deadline comes, it is computed anew. So a message costs no timer
/// work.
/// </remarks>
public struct KeepAlive
{
    /// <summary>The next deadline if there is none.</summary>
    public const long Never = long.MaxValue;

    /// <summary>A timer that is this late shows that the loop was blocked: the pong may have arrived and not been read yet.</summary>
    public const int LateMs = 128;

    /// <summary>How long a blocked loop gets to read what has arrived, before the peer is judged.</summary>
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

    /// <summary>Starts the timeouts when the connection opens.</summary>
    /// <returns>When to call <see cref="OnDeadline"/>; <see cref="Never"/> if there is no timeout.</returns>
    public long OnOpened(long nowMs, KeepAliveOptions options)
    {
        OnActivity(nowMs);
        _messageMs = nowMs;
        return NextDeadline(nowMs, options);
    }

    /// <summary>Records that the peer has sent something or taken output, so it is alive.</summary>
    public void OnActivity(long nowMs)
    {
        Debug.Assert(nowMs >= _activityMs, "Time does not go back.");
        _activityMs = nowMs;
        _flags &= ~Flags.PongDue;
    }

    /// <summary>Records that the last activity was a message, so the connection is not idle.</summary>
    public void OnMessage() => _messageMs = _activityMs;

    /// <summary>
    /// Starts the close timeout, after a close frame or a FIN was sent; no other timeout counts from here on. You may call it again.
    /// </summary>
    /// <returns>When to call <see cref="OnDeadline"/>.</returns>
    public long OnClosing(long nowMs, KeepAliveOptions options)
    {
        _flags |= Flags.Closing;
        return nowMs + options.CloseTimeoutMs;
    }

    /// <summary>Decides what to do when the deadline has come.</summary>
    /// <param name="nowMs">The time.</param>
    /// <param name="dueMs">
    /// The deadline that was set. If <paramref name="nowMs"/> is later by more than <see cref="LateMs"/>, the loop was blocked.
    /// </param>
    /// <param name="conditions">The state of the connection.</param>
    /// <param name="options">The timeouts.</param>
    /// <param name="nextMs">
    /// When to call again. <see cref="Never"/> after <see cref="KeepAliveAction.Drop"/>, and after <see cref="KeepAliveAction.Close"/>,
    /// which <see cref="OnClosing"/> follows.
    /// </param>
    public KeepAliveAction OnDeadline(long nowMs, long dueMs, PeerConditions conditions, KeepAliveOptions options, out long nextMs)
    {
        Debug.Assert(nowMs >= _activityMs, "Time does not go back.");
        nextMs = Never;
        if (Has(Flags.Closing)) return KeepAliveAction.Drop;

        // A ping would wait behind pending output, so there the progress of the output counts as the pong. A peer that the server does not
        // read from cannot answer: it gets a ping without a deadline, and if the peer is gone, the kernel reports it.
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

    /// <summary>
    /// Returns the end of an interval that began with an event; if it is over already, the end of another interval from now.
    /// </summary>
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
