namespace WsAot.Tests.Filters;

/// <summary>What the filters of <see cref="NoteAttribute"/> do besides writing the journal, said by the test.</summary>
public sealed class FilterScript
{
    public Action<WsCall, string>? Calling { get; set; }

    public Func<WsCall, Exception, Exception?> Exception { get; set; } = static (_, exception) => exception;

    public Action<WsCall, string>? Called { get; set; }

    /// <summary>Called by <see cref="WaitAttribute"/>.</summary>
    public Func<WsCall, Task> Waiting { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Called by the methods.</summary>
    public Func<Task> Method { get; set; } = static () => Task.CompletedTask;
}
