namespace WsAot.Testing.Tests.Handlers;

/// <summary>Something that handlers wait for and another thread may complete.</summary>
public sealed class Outside
{
    public TaskCompletionSource Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
