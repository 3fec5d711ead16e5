using WsAot.Connections;
using WsAot.Timers;

namespace WsAot.JsonRpc;

/// <summary>A request to the client that it has not answered; its deadline is in the loop's timers. It is the state of the task that is waited for.</summary>
internal abstract class JsonRpcPending(JsonRpcConnectionTarget target, long id, int timeoutMs) : TimerNode, IPeerFault
{
    private const int DefaultTimeoutMs = 30_000;

    private CancellationTokenRegistration _registration;

    public long Id { get; } = id;

    public int TimeoutMs { get; } = timeoutMs > 0 ? timeoutMs : DefaultTimeoutMs;

    public abstract bool IsCompleted { get; }

    /// <summary>It is cancelled where the client has not answered until its end, or for longer than the one who asked was willing to wait.</summary>
    bool IPeerFault.IsPeerFault => true;

    /// <summary>Called before it is sent, so that the end of the waiting always finds the registration.</summary>
    public void CancelBy(CancellationToken token) =>
        _registration = token.UnsafeRegister(static (pending, token) => ((JsonRpcPending)pending!).OnCancelled(token), this);

    public abstract void SetResult(ReadOnlySpan<byte> json);

    public abstract void SetException(Exception exception);

    public abstract void SetCanceled(CancellationToken token);

    internal override void OnDue(long nowMs) => target.OnTimeout(this);

    protected void Unregister() => _registration.Unregister();

    private void OnCancelled(CancellationToken token) => target.Cancel(this, token);
}
