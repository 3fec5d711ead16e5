using WsAot.Tests.Harness;

namespace WsAot.Tests.Handlers;

/// <summary>Is disposed synchronously, by an explicit implementation.</summary>
[WsRoute("/disposed")]
internal sealed class Disposed(WsConnection connection, Script script) : IDisposable
{
    [OnOpen]
    public Task Opened() => script.Opened?.Invoke(connection) ?? Task.CompletedTask;

    [OnText]
    public Task Said(string text) => script.Text?.Invoke(connection, text) ?? Task.CompletedTask;

    [OnClose]
    public async Task Left(WsClose close)
    {
        script.Journal.Add("close");
        if (script.Closed is { } closed) await closed(connection, close);
    }

    void IDisposable.Dispose()
    {
        script.Journal.Add("disposed");
        script.Disposed?.Invoke();
    }
}
