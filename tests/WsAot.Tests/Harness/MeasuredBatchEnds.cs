using WsAot.Transport;

namespace WsAot.Tests.Harness;

/// <summary>Stands before a loop's owner and counts what is allocated when batches end.</summary>
internal sealed class MeasuredBatchEnds(ILoopHandler inner) : ILoopHandler
{
    public long AllocatedBytes { get; private set; }

    public int OnBatchEnd()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        int nextMs = inner.OnBatchEnd();
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        return nextMs;
    }

    public IConnectionHandler OnConnected(TransportConnection connection, ListenOptions listener) => inner.OnConnected(connection, listener);

    public void OnAcceptFailed(string reason) => inner.OnAcceptFailed(reason);

    public void OnUnhandledException(Exception exception) => inner.OnUnhandledException(exception);

    public void OnEnded() => inner.OnEnded();
}
