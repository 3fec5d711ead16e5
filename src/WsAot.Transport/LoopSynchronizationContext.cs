namespace WsAot.Transport;

/// <summary>Brings what an asynchronous handler does after an <c>await</c> back to the loop of its connection.</summary>
internal sealed class LoopSynchronizationContext(TransportLoop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => loop.Post(d.Invoke, state);

    /// <exception cref="NotSupportedException">Waiting for a loop from outside could wait for ever.</exception>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!loop.IsCurrent) throw new NotSupportedException("A loop runs what is posted to it, but nobody can wait for it.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
