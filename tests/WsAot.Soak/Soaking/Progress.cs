namespace WsAot.Soak.Soaking;

/// <summary>Signals a waiting task that something was received.</summary>
internal sealed class Progress
{
    private volatile TaskCompletionSource _signal = New();

    public void Set() => Interlocked.Exchange(ref _signal, New()).TrySetResult();

    /// <summary>
    /// Waits until the next progress or the end of the reading, and at most 50 ms, because something may have come just before the wait.
    /// </summary>
    public Task WaitAsync(Task reading) => Task.WhenAny(_signal.Task, reading, Task.Delay(50));

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
