namespace WsAot.Transport.Loops;

/// <summary>Resumes an asynchronous handler on the loop of its connection.</summary>
internal sealed class LoopSynchronizationContext(TransportLoop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => loop.Post(d.Invoke, state);

    /// <exception cref="NotSupportedException">It was called from another thread: the loop may end without running the call.</exception>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!loop.IsCurrent) throw new NotSupportedException("Send would block until the loop has run the call; use Post.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
