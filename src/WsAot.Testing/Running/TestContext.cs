using System.Collections.Concurrent;

namespace WsAot.Testing.Running;

/// <summary>
/// The synchronization context for work of the server that belongs to no connection, such as background work: after an <c>await</c>, it
/// continues on the test's thread.
/// </summary>
internal sealed class TestContext(Pump pump) : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _posted = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        _posted.Enqueue((d, state));
        pump.Signal();
    }

    /// <exception cref="NotSupportedException">Another thread called it, which would have to wait for the test.</exception>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!pump.IsCurrent) throw new NotSupportedException("Send would block until the test runs the call; use Post.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Begins work within this context.</summary>
    public Task Start(Func<Task> work)
    {
        SynchronizationContext? former = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
        finally
        {
            SetSynchronizationContext(former);
        }
    }

    /// <summary>Runs the posted work.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool RunPosted()
    {
        if (_posted.IsEmpty) return false;
        SynchronizationContext? former = Current;
        SetSynchronizationContext(this);
        try
        {
            while (_posted.TryDequeue(out (SendOrPostCallback Callback, object? State) posted)) posted.Callback(posted.State);
        }
        finally
        {
            SetSynchronizationContext(former);
        }

        return true;
    }
}
