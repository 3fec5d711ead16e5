namespace WsAot.Soak.Soaking;

/// <summary>Tells the one who waits that something was received.</summary>
internal sealed class Progress
{
    private volatile TaskCompletionSource _signal = New();

    public void Set() => Interlocked.Exchange(ref _signal, New()).TrySetResult();

    /// <summary>
    /// Until the next progress or the end of the reading; and a little later in any case, for what came between the question and the
    /// waiting.
    /// </summary>
    public Task WaitAsync(Task reading) => Task.WhenAny(_signal.Task, reading, Task.Delay(50));

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
