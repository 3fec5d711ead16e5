using WsAot.Limits;
using WsAot.Loops;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Messages;

namespace WsAot.Connections;

/// <summary>
/// The limits of the connection: its rates, its lifetime, its user, and the memory that it may hold when memory runs out.
/// </summary>
internal sealed partial class Session : IRateLimited, IUserConnection
{
    /// <summary>A longer pause is checked again after this time, because the rates may have changed.</summary>
    private const int MaxPauseMs = 10_000;

    /// <summary>The last tenth of the lifetime, in which each connection is closed at a moment of its own.</summary>
    private const int LifetimeJitterShare = 10;

    /// <summary>The user that the application named. Any thread.</summary>
    public string? User => Volatile.Read(ref _extras)?.User;

    /// <summary>
    /// The memory that the connection holds: output that the peer has not read, messages that wait or are incomplete, and what calls keep.
    /// On the loop.
    /// </summary>
    public long HeldBytes => (long)PendingOutputBytes + _heldInputBytes + (Queue?.PendingBytes ?? 0) + _receiver.Capacity
        + (_extras?.Deferred?.Buffer.Length ?? 0);

    /// <summary>Counts the connection for an address, until <see cref="OnClosed"/>.</summary>
    public void CountFor(ulong address) => Extras.CountedAddress = address;

    /// <summary>Sets the connection's user, and takes one of the connections that the user may have.</summary>
    /// <returns>False if the user has as many connections as allowed.</returns>
    public bool TryEnterAs(string user)
    {
        Extras.User = user;
        WsServerOptions options = _loop.Server.Options;
        if (options.MaxConnectionsPerUser == 0) return true;
        var place = new UserPlace(user, this);
        bool replaces = options.UserLimitPolicy == UserLimitPolicy.Replace;
        if (!_loop.Server.Limits.Users.TryEnter(place, options.MaxConnectionsPerUser, replaces)) return false;
        Extras.UserPlace = place;
        return true;
    }

    /// <summary>Counts the calls of a batch as messages. The first one was counted with its message.</summary>
    public void ChargeBatch(int calls)
    {
        if (Has(PauseReasons.Counted) && _settings.Rates is { } limits) Charge(limits, calls - 1, 0, mayClose: false);
    }

    /// <inheritdoc/>
    void IRateLimited.OnRateDue(long nowMs)
    {
        RateLimiter limiter = _extras!.Rate!;
        if (_settings.Rates is { } limits && !limiter.MayReceive(limits, nowMs))
        {
            ScheduleEndOfPause(limiter, limits, nowMs);
            return;
        }

        _settings.Counters.RatePausedMs += nowMs - limiter.PausedMs;
        _pauses &= ~PauseReasons.RateLimited;
        RequestTurn();
    }

    /// <inheritdoc/>
    void IUserConnection.OnReplaced()
    {
        if (!_loop.IsCurrent)
        {
            _loop.Post(new ReplacedWorkItem(this));
            return;
        }

        const string Reason = "a newer connection of the same user takes its place";
        LogEnd($"{Reason}; closed with 1008", "--max-connections-per-user");
        Close(CloseCode.PolicyViolation, Reason, EndCause.Replaced);
    }

    /// <summary>Ends the connection because memory is running out.</summary>
    public void EndForMemory()
    {
        const string Reason = "the server is running out of memory";
        long heldBytes = HeldBytes;
        // A close frame would wait behind the output that has to be freed.
        if (_transport.IsOutputBlocked)
        {
            LogEnd($"{Reason}, and the connection holds {heldBytes} bytes; dropped, since the client does not read", "--max-memory-bytes");
            Abort(EndCause.MemoryPressure);
            return;
        }

        LogEnd($"{Reason}, and the connection holds {heldBytes} bytes; closed with 1013", "--max-memory-bytes");
        Close(CloseCode.TryAgainLater, Reason, EndCause.MemoryPressure);
    }

    private void BeginLimits()
    {
        _calls.OpenedMs = (uint)_loop.NowMs;
        if (_settings.Rates is not null) _pauses |= PauseReasons.Counted;
    }

    /// <summary>Releases the connection's share of the server's limits.</summary>
    private void EndLimits()
    {
        if (_extras is not { } extras) return;
        if (extras.Rate is { IsPaused: true } limiter)
        {
            _settings.Counters.RatePausedMs += _loop.NowMs - limiter.PausedMs;
            _loop.Timers.Cancel(limiter);
        }

        ServerContext server = _loop.Server;
        if (extras.CountedAddress != AddressKey.None)
        {
            server.Limits.Addresses.Leave(extras.CountedAddress, ServerLimits.AddressUpgradesOf(server.Options), _loop.NowMs);
            extras.CountedAddress = AddressKey.None;
        }

        if (extras.UserPlace is not { } place) return;
        extras.UserPlace = null;
        server.Limits.Users.Leave(place);
    }

    /// <summary>Charges the rates for a message.</summary>
    /// <returns>False if the connection was closed because of it.</returns>
    private bool ChargeRate(ReceiveStatus kind, int bytes)
    {
        if (_settings.Rates is not { } limits || _lifecycle.State != ConnectionState.Open) return true;
        // A pong may answer our own ping, so it never closes a connection, nor does what comes after it.
        return Charge(limits, 1, bytes, mayClose: kind != ReceiveStatus.Pong);
    }

    private bool Charge(RateLimits limits, int messages, int bytes, bool mayClose)
    {
        long nowMs = _loop.NowMs;
        RateLimiter limiter = Extras.Rate ??= new RateLimiter(this, limits, nowMs);
        bool isAllowed = limiter.MayReceive(limits, nowMs);
        if (limits.Closes && mayClose)
        {
            if (!isAllowed)
            {
                (string reason, string option) = limiter.Describe(limits);
                LogEnd($"{reason}; closed with 1008", $"{option} and --rate-limit-policy");
                Close(CloseCode.PolicyViolation, reason, EndCause.RateLimited);
                return false;
            }

            limiter.Take(limits, messages, bytes);
            return true;
        }

        limiter.Take(limits, messages, bytes);
        if (!Has(PauseReasons.RateLimited) && !limiter.MayReceive(limits, nowMs)) PauseForRate(limiter, limits, nowMs);
        return true;
    }

    private void PauseForRate(RateLimiter limiter, RateLimits limits, long nowMs)
    {
        if (State != WsState.Open) return;
        _settings.Counters.RatePauses++;
        limiter.PausedMs = nowMs;
        Pause(PauseReasons.RateLimited);
        ScheduleEndOfPause(limiter, limits, nowMs);
        if (!limiter.IsLogged) LogRateLimited(limiter, limits);
    }

    private void ScheduleEndOfPause(RateLimiter limiter, RateLimits limits, long nowMs) =>
        _loop.Timers.Schedule(limiter, nowMs + Math.Min(limiter.MsUntilMayReceive(limits), MaxPauseMs));

    /// <summary>The next deadline of an open connection: the keep-alive's, or the end of its lifetime if that is earlier.</summary>
    private void ScheduleOpen(long dueMs)
    {
        // If the route has just been given rates, an open connection is counted from its next deadline on.
        if (_settings.Rates is not null) _pauses |= PauseReasons.Counted;
        bool hasEnd = _settings.MaxLifetimeMs > 0 && EndCause == EndCause.None;
        Schedule(hasEnd ? Math.Min(dueMs, LifetimeEndMs(_loop.NowMs)) : dueMs);
    }

    /// <summary>
    /// When the connection is to end: at a moment of its own in the last tenth of its lifetime, so that clients that connected together do
    /// not reconnect together.
    /// </summary>
    private long LifetimeEndMs(long nowMs)
    {
        int lifetimeMs = _settings.MaxLifetimeMs;
        long ageMs = (uint)nowMs - _calls.OpenedMs;
        return nowMs - ageMs + lifetimeMs - Spread.Of((uint)Connection.Id, lifetimeMs / LifetimeJitterShare);
    }

    /// <summary>
    /// The lifetime has changed. If a connection is already older, its age is set back so that it has a tenth of the new lifetime left:
    /// clients that are over the new lifetime must not all reconnect at once.
    /// </summary>
    private void SpreadLifetime()
    {
        int lifetimeMs = _settings.MaxLifetimeMs;
        if (lifetimeMs == 0 || LifetimeEndMs(_loop.NowMs) > _loop.NowMs) return;
        _calls.OpenedMs = (uint)(_loop.NowMs - lifetimeMs + (lifetimeMs / LifetimeJitterShare));
    }

    private bool TryEndLifetime(long nowMs)
    {
        int lifetimeMs = _settings.MaxLifetimeMs;
        if (lifetimeMs == 0 || EndCause != EndCause.None || nowMs < LifetimeEndMs(nowMs)) return false;
        const string Reason = "maximum connection lifetime reached; connect again";
        LogEnd($"it reached its maximum lifetime of {lifetimeMs} ms; closed with 1012", "--max-connection-lifetime-ms");
        Close(CloseCode.ServiceRestart, Reason, EndCause.LifetimeOver);
        return true;
    }

    private sealed class ReplacedWorkItem(Session session) : LoopWorkItem
    {
        public override void Run() => ((IUserConnection)session).OnReplaced();
    }
}
