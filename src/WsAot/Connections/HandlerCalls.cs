using System.Buffers;

namespace WsAot.Connections;

/// <summary>A session's handler and the state of its calls. A field of the session; used on its loop.</summary>
internal struct HandlerCalls
{
    private byte[]? _heldPayload;
    private Flags _flags;

    // These two have nothing to do with calls. They use spare bytes of this struct: as fields of the session they would make every
    // connection larger.
    private bool _isDropLogged;
    private uint _openedMs;

    [Flags]
    private enum Flags : byte
    {
        Busy = 1,
        CloseReported = 2,
        DrainedOwed = 4,
        DrainedBusy = 8,
        Disposed = 16,
    }

    /// <summary>The user's handler, set once before the first call.</summary>
    public object Handler { get; set; }

    /// <summary>Whether the log already says that this connection is losing messages.</summary>
    public bool IsDropLogged
    {
        readonly get => _isDropLogged;
        set => _isDropLogged = value;
    }

    /// <summary>
    /// The lower 32 bits of the time when the connection opened. Only differences are used, and no lifetime is that long.
    /// </summary>
    public uint OpenedMs
    {
        readonly get => _openedMs;
        set => _openedMs = value;
    }

    /// <summary>Whether an asynchronous call is still running. Messages that arrive meanwhile are queued.</summary>
    public readonly bool IsBusy => (_flags & (Flags.Busy | Flags.DrainedBusy)) != 0;

    /// <summary>Whether OnDrained must be called and its last call has ended.</summary>
    public readonly bool IsDrainedOwed => (_flags & (Flags.DrainedOwed | Flags.DrainedBusy)) == Flags.DrainedOwed;

    /// <summary>Whether the call keeps a copy of its payload.</summary>
    public readonly bool HoldsPayload => _heldPayload is not null;

    /// <summary>The call returned before its task was done; <see cref="OnEnded"/> follows.</summary>
    public void OnSuspended() => _flags |= Flags.Busy;

    /// <summary>The pending call is done.</summary>
    public void OnEnded(ArrayPool<byte> pool)
    {
        _flags &= ~Flags.Busy;
        ReleasePayload(pool);
    }

    /// <summary>Copies the payload of the call into a buffer that lives until <see cref="ReleasePayload"/>.</summary>
    public ReadOnlyMemory<byte> Hold(ReadOnlySpan<byte> payload, ArrayPool<byte> pool)
    {
        _heldPayload ??= pool.Rent(payload.Length);
        payload.CopyTo(_heldPayload);
        return _heldPayload.AsMemory(0, payload.Length);
    }

    public void ReleasePayload(ArrayPool<byte> pool)
    {
        if (_heldPayload is not { } held) return;
        _heldPayload = null;
        pool.Return(held);
    }

    /// <summary>Marks the close as reported to the handler.</summary>
    /// <returns>True the first time.</returns>
    public bool TryReportClose() => TrySet(Flags.CloseReported);

    /// <summary>Marks the handler as disposed.</summary>
    /// <returns>True the first time.</returns>
    public bool TryDispose() => TrySet(Flags.Disposed);

    private bool TrySet(Flags flag)
    {
        if ((_flags & flag) != 0) return false;
        _flags |= flag;
        return true;
    }

    /// <summary>OnDrained must be called when there is room.</summary>
    public void OweDrained() => _flags |= Flags.DrainedOwed;

    /// <summary>OnDrained is called. Another call may be running, and may even be waiting for it.</summary>
    public void OnDrainedCalled() => _flags &= ~Flags.DrainedOwed;

    /// <summary>The call of OnDrained returned before its task was done; <see cref="OnDrainedEnded"/> follows.</summary>
    public void OnDrainedSuspended() => _flags |= Flags.DrainedBusy;

    /// <summary>The pending call of OnDrained is done.</summary>
    public void OnDrainedEnded() => _flags &= ~Flags.DrainedBusy;
}
