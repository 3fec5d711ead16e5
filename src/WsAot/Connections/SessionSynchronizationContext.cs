using WsAot.Loops;

namespace WsAot.Connections;

/// <summary>
/// Runs the code after an <c>await</c> of a handler on the loop of its connection, as a turn of that connection. So what it publishes is
/// charged to the connection and slowed by back-pressure, like what it publishes before the <c>await</c>.
/// </summary>
internal sealed class SessionSynchronizationContext(Session session) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => session.Loop.Post(new Continuation(session, d, state));

    /// <exception cref="NotSupportedException">The caller is on another thread, where waiting for the loop could last forever.</exception>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!session.Loop.IsCurrent) throw new NotSupportedException("Send would block until the loop has run the call; use Post.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    private sealed class Continuation(Session session, SendOrPostCallback callback, object? state) : LoopWorkItem
    {
        public override void Run() => session.RunContinuation(Invoke);

        private void Invoke() => callback(state);
    }
}
