using System.Runtime.CompilerServices;
using WsAot.Transport;

namespace WsAot.Tests.Harness;

/// <summary>Stands before a loop's owner: counts what is allocated when batches end, and keeps the newest connection.</summary>
internal sealed class MeasuredLoop(ILoopHandler inner) : ILoopHandler
{
    /// <summary>Allocated at the ends of all batches so far.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>The connection that was accepted last.</summary>
    public TransportConnection? NewestConnection { get; private set; }

    /// <summary>Puts one before the owner of a loop.</summary>
    public static MeasuredLoop Before(TransportLoop loop)
    {
        var measured = new MeasuredLoop(HandlerOf(loop));
        SetHandler(loop, measured);
        return measured;
    }

    public int OnBatchEnd()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        int nextMs = inner.OnBatchEnd();
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        return nextMs;
    }

    public IConnectionHandler OnConnected(TransportConnection connection, ListenOptions listener) =>
        inner.OnConnected(NewestConnection = connection, listener);

    public void OnAcceptFailed(string reason) => inner.OnAcceptFailed(reason);

    public void OnUnhandledException(Exception exception) => inner.OnUnhandledException(exception);

    public void OnEnded() => inner.OnEnded();

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Handler")]
    private static extern ILoopHandler HandlerOf(TransportLoop loop);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Handler")]
    private static extern void SetHandler(TransportLoop loop, ILoopHandler handler);
}
