namespace WsAot.Tests.Harness;

/// <summary>Where asynchronous handlers wait until the test lets them go, one by one.</summary>
public sealed class Gate
{
    private readonly Queue<TaskCompletionSource> _waiting = new();

    public int WaitingCount => _waiting.Count;

    public Task PassAsync()
    {
        var source = new TaskCompletionSource();
        _waiting.Enqueue(source);
        return source.Task;
    }

    /// <summary>Ends when the token is cancelled, within that call.</summary>
    public static Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        var source = new TaskCompletionSource();
        cancellationToken.Register(() => source.TrySetCanceled(cancellationToken));
        return source.Task;
    }

    public void LetOneGo() => _waiting.Dequeue().SetResult();
}
