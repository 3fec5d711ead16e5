using WsAot.Tests.Harness;

namespace WsAot.Tests.Handlers;

/// <summary>Hears when its output has drained, and does what the test's <see cref="Script"/> says.</summary>
[WsRoute("/producer", MaxPendingOutputBytes = 1000)]
internal sealed class Producer(WsConnection connection, Script script)
{
    [OnText]
    public Task Said(string text)
    {
        script.Journal.Add("text " + text);
        return script.Text?.Invoke(connection, text) ?? Task.CompletedTask;
    }

    [OnDrained]
    public Task Drained()
    {
        script.Journal.Add($"drained at {connection.PendingOutputBytes}");
        return script.Drained?.Invoke(connection) ?? Task.CompletedTask;
    }

    [OnClose]
    public Task Left(WsClose close)
    {
        script.Journal.Add($"close {close.Code}");
        return script.Closed?.Invoke(connection, close) ?? Task.CompletedTask;
    }
}
