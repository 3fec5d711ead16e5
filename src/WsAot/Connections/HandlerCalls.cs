using System.Buffers;

namespace WsAot.Connections;

/// <summary>The user's handler of a session, and how far its calls have come. A field of the session; used on its loop.</summary>
internal struct HandlerCalls
{
    private byte[]? _heldPayload;
    private Flags _flags;

    [Flags]
    private enum Flags : byte
    {
        Pending = 1,
        CloseReported = 2,
    }

    /// <summary>The handler; set once, before the first call.</summary>
    public object Handler { get; set; }

    /// <summary>Whether a call goes on after it has returned. Messages that come meanwhile wait.</summary>
    public readonly bool IsPending => (_flags & Flags.Pending) != 0;

    /// <summary>Whether a payload was kept for the call.</summary>
    public readonly bool HoldsPayload => _heldPayload is not null;

    /// <summary>The call goes on; <see cref="OnEnded"/> follows.</summary>
    public void OnPending() => _flags |= Flags.Pending;

    /// <summary>The call has ended.</summary>
    public void OnEnded(ArrayPool<byte> pool)
    {
        _flags &= ~Flags.Pending;
        ReleasePayload(pool);
    }

    /// <summary>Copies the payload of the call to where it stays until <see cref="ReleasePayload"/>.</summary>
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

    /// <summary>The handler is to be told of the end, once.</summary>
    /// <returns>Whether it has not been told yet.</returns>
    public bool TryReportClose()
    {
        if ((_flags & Flags.CloseReported) != 0) return false;
        _flags |= Flags.CloseReported;
        return true;
    }
}
