using WsAot.Loops;

namespace WsAot.Connections;

/// <summary>
/// Brings what a handler does after an <c>await</c> back to the loop of its connection, as a turn of that connection: what it publishes there
/// is charged to it, and holds it back, as what it publishes before.
/// </summary>
internal sealed class SessionSynchronizationContext(Session session) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => session.Loop.Post(new Continuation(session, d, state));

    /// <exception cref="NotSupportedException">Waiting for a loop from outside could wait for ever.</exception>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!session.Loop.IsCurrent) throw new NotSupportedException("A loop runs what is posted to it, but nobody can wait for it.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    private sealed class Continuation(Session session, SendOrPostCallback callback, object? state) : LoopWorkItem
    {
        public override void Run() => session.RunContinuation(callback, state);
    }
}
