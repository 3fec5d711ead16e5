namespace WsAot.Testing.Tests.Handlers;

// Those tests that want the journal register it.
#pragma warning disable WSA045

/// <summary>Waits for what the test has in hand.</summary>
[WsRoute("/slow")]
public sealed class Slow(WsConnection connection, TimeProvider time, Outside? outside = null, List<string>? journal = null)
{
    [OnText]
    public async Task Said(string text)
    {
        int thread = Environment.CurrentManagedThreadId;
        if (text == "clock") await Task.Delay(TimeSpan.FromSeconds(1), time);
        else await outside!.Source.Task;
        journal?.Add(thread == Environment.CurrentManagedThreadId ? "same thread" : "another thread");
        connection.Send($"done: {text}");
    }

    [OnClose] public void Left(WsClose close) => journal?.Add($"left: {close.Code}");
}
