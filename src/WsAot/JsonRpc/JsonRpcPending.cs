using WsAot.Connections;
using WsAot.Timers;

namespace WsAot.JsonRpc;

/// <summary>
/// A request that the client has not answered. Its deadline is in the loop's timers. It is also the state of the task that the caller
/// awaits.
/// </summary>
internal abstract class JsonRpcPending(JsonRpcConnectionTarget target, long id, int timeoutMs) : TimerNode, IPeerFault
{
    private const int DefaultTimeoutMs = 30_000;

    private CancellationTokenRegistration _registration;

    public long Id { get; } = id;

    public int TimeoutMs { get; } = timeoutMs > 0 ? timeoutMs : DefaultTimeoutMs;

    public abstract bool IsCompleted { get; }

    /// <summary>
    /// True, because the request is cancelled only if the client did not answer before it closed or before the caller stopped waiting.
    /// </summary>
    bool IPeerFault.IsPeerFault => true;

    /// <summary>Called before the request is sent, so that the registration exists whatever ends the wait.</summary>
    public void CancelBy(CancellationToken token) =>
        _registration = token.UnsafeRegister(static (pending, token) => ((JsonRpcPending)pending!).OnCancelled(token), this);

    public abstract void SetResult(ReadOnlySpan<byte> json);

    public abstract void SetException(Exception exception);

    public abstract void SetCanceled(CancellationToken token);

    internal override void OnDue(long nowMs) => target.OnTimeout(this);

    protected void Unregister() => _registration.Unregister();

    private void OnCancelled(CancellationToken token) => target.Cancel(this, token);
}
