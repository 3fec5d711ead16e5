using System.Runtime.InteropServices;

namespace WsAot.Protocol.Liveness;

/// <summary>
/// Decides when a server pings a connection, closes it as idle, or ends it (RFC 6455 sections 5.5.2, 7.1.1 and 7.1.4). You pass in the
/// time as a number and get back an action and the next deadline; there is no timer or clock inside. It lives as a field of its connection.
/// Not thread-safe; do not copy. The default value is a connection that is not open yet.
/// </summary>
/// <remarks>Input and messages only record the time, so they cost no timer work. The deadline is recomputed when it comes.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 2)]     // 14 bytes: every connection has one.
public struct KeepAlive
{
    /// <summary>The next deadline if there is none.</summary>
    public const long Never = long.MaxValue;

    /// <summary>A timer that is this late shows that the loop was blocked: the pong may have arrived and not been read yet.</summary>
    public const int LateMs = 128;

    /// <summary>How long a blocked loop gets to read what has arrived, before the peer is judged.</summary>
    private const int RetryMs = 64;

    // The lower half of two times: see FullMs.
    private uint _activityMs;
    private uint _messageMs;
    private OutputProgress _output;
    private Flags _flags;

    [Flags]
    private enum Flags : byte
    {
        PongDue = 1,
        RetriedLate = 2,
        Closing = 4,
        HasSent = 8,
    }

    /// <summary>Starts the timeouts when the connection opens.</summary>
    /// <returns>When to call <see cref="OnDeadline"/>; <see cref="Never"/> if there is no timeout.</returns>
    public long OnOpened(long nowMs, KeepAliveOptions options)
    {
        OnActivity(nowMs);
        OnMessage();
        return NextDeadline(nowMs, options);
    }

    /// <summary>Records that the peer has sent something or taken output that waited, so it is alive.</summary>
    public void OnActivity(long nowMs)
    {
        _activityMs = (uint)nowMs;
        _flags &= ~Flags.PongDue;
    }

    /// <summary>Records that the last activity was a message, so the connection is not idle.</summary>
    public void OnMessage() => _messageMs = _activityMs;

    /// <summary>
    /// Records that a message was sent, so the connection is not idle. The next deadline supplies the time, so you need not read the clock
    /// for each message.
    /// </summary>
    public void OnMessageSent() => _flags |= Flags.HasSent;

    /// <summary>
    /// Starts the close timeout, after a close frame or a FIN was sent; no other timeout counts from here on. You may call it again.
    /// </summary>
    /// <param name="nowMs">The time.</param>
    /// <param name="acknowledgedBytes">See <see cref="OnDeadline"/>.</param>
    /// <param name="options">The timeouts.</param>
    /// <returns>When to call <see cref="OnDeadline"/>.</returns>
    public long OnClosing(long nowMs, long acknowledgedBytes, KeepAliveOptions options)
    {
        _flags |= Flags.Closing;
        _output.Restart(acknowledgedBytes);
        return nowMs + options.CloseTimeoutMs;
    }

    /// <summary>Decides what to do when the deadline has come.</summary>
    /// <param name="nowMs">The time.</param>
    /// <param name="dueMs">
    /// The deadline that was set. If <paramref name="nowMs"/> is later by more than <see cref="LateMs"/>, the loop was blocked.
    /// </param>
    /// <param name="conditions">The state of the connection.</param>
    /// <param name="acknowledgedBytes">A number that grows by each byte of output that the peer takes; only differences count.</param>
    /// <param name="options">The timeouts.</param>
    /// <param name="nextMs">
    /// When to call again. <see cref="Never"/> after <see cref="KeepAliveAction.Drop"/> and <see cref="KeepAliveAction.End"/>, and after
    /// <see cref="KeepAliveAction.Close"/>, which <see cref="OnClosing"/> follows.
    /// </param>
    public KeepAliveAction OnDeadline(
        long nowMs, long dueMs, PeerConditions conditions, long acknowledgedBytes, KeepAliveOptions options, out long nextMs)
    {
        nextMs = Never;
        bool isUndelivered = (conditions & (PeerConditions.OutputUndelivered | PeerConditions.OutputFull)) != 0;
        if (Has(Flags.Closing))
        {
            bool mayWait = isUndelivered ? _output.MayWait(acknowledgedBytes) : _output.HasAdvanced(acknowledgedBytes);
            if (!mayWait) return isUndelivered ? KeepAliveAction.Drop : KeepAliveAction.End;
            nextMs = nowMs + options.CloseTimeoutMs;
            return KeepAliveAction.None;
        }

        // A ping would wait behind pending output, so there the progress of the output counts as the pong. A peer that the server does not
        // read from cannot answer: it gets a ping without a deadline, and if the peer is gone, the kernel reports it.
        bool isOutputFull = (conditions & PeerConditions.OutputFull) != 0;
        bool canShowLife = isOutputFull || (conditions & PeerConditions.InputPaused) == 0;
        if (Has(Flags.PongDue) && nowMs >= PongDueMs(nowMs, options))
        {
            if (nowMs - dueMs > LateMs && !Has(Flags.RetriedLate))
            {
                _flags |= Flags.RetriedLate;
                nextMs = nowMs + RetryMs;
                return KeepAliveAction.None;
            }

            // The ping may still wait behind output that a slow peer is taking. Once everything has arrived, only an answer counts: the
            // peer's kernel acknowledges output even if its program hangs.
            if (isUndelivered && _output.MayWait(acknowledgedBytes)) OnActivity(nowMs);
            else if (canShowLife) return KeepAliveAction.Drop;
            else _flags &= ~Flags.PongDue;
        }

        _flags &= ~Flags.RetriedLate;
        if (Has(Flags.HasSent)) _messageMs = (uint)nowMs;
        else if ((conditions & PeerConditions.MessageInProgress) != 0) OnMessage();
        _flags &= ~Flags.HasSent;
        bool isBusy = isUndelivered || (conditions & PeerConditions.HandlerBusy) != 0;
        bool isIdle = options.IdleTimeoutMs > 0 && nowMs - FullMs(_messageMs, nowMs) >= options.IdleTimeoutMs;
        if (isIdle && !isBusy) return KeepAliveAction.Close;

        bool isSilent = options.PingIntervalMs > 0 && nowMs - FullMs(_activityMs, nowMs) >= options.PingIntervalMs;
        if (isSilent && canShowLife && !Has(Flags.PongDue))
        {
            _flags |= Flags.PongDue;
            // The pong timeout counts from now, even if this deadline was handled late.
            _activityMs = (uint)(nowMs - options.PingIntervalMs);
            _output.Restart(acknowledgedBytes);
        }

        nextMs = NextDeadline(nowMs, options);
        return isSilent && !isOutputFull ? KeepAliveAction.Ping : KeepAliveAction.None;
    }

    /// <summary>The next deadline of an open connection, for example after <paramref name="options"/> have changed.</summary>
    /// <returns>When to call <see cref="OnDeadline"/>; <see cref="Never"/> if there is no timeout.</returns>
    public readonly long NextDeadline(long nowMs, KeepAliveOptions options)
    {
        long nextMs = Never;
        // Pings go on while a pong is due: proxies cut connections on which nothing is sent.
        if (options.PingIntervalMs > 0) nextMs = NextAfter(nowMs, FullMs(_activityMs, nowMs), options.PingIntervalMs);
        if (Has(Flags.PongDue)) nextMs = Math.Min(nextMs, PongDueMs(nowMs, options));
        if (options.IdleTimeoutMs > 0) nextMs = Math.Min(nextMs, NextAfter(nowMs, FullMs(_messageMs, nowMs), options.IdleTimeoutMs));
        return nextMs;
    }

    /// <summary>
    /// Returns the end of an interval that began with an event; if it is over already, the end of another interval from now.
    /// </summary>
    private static long NextAfter(long nowMs, long eventMs, int intervalMs) =>
        eventMs + intervalMs > nowMs ? eventMs + intervalMs : nowMs + intervalMs;

    /// <summary>
    /// Restores a past time from its lower 32 bits. A time more than 49 days ago comes back as a later one, so a timeout that was set
    /// meanwhile starts later.
    /// </summary>
    private static long FullMs(uint eventMs, long nowMs) => nowMs - ((uint)nowMs - eventMs);

    private readonly bool Has(Flags flag) => (_flags & flag) != 0;

    private readonly long PongDueMs(long nowMs, KeepAliveOptions options) =>
        FullMs(_activityMs, nowMs) + options.PingIntervalMs + options.PongTimeoutMs;
}
