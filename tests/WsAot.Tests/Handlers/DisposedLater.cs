using WsAot.Tests.Harness;

namespace WsAot.Tests.Handlers;

/// <summary>Can be disposed in both ways, so that it is disposed asynchronously. It has no OnClose.</summary>
[WsRoute("/disposed-later")]
internal sealed class DisposedLater : IDisposable, IAsyncDisposable
{
    private readonly Script _script;

    public DisposedLater(WsConnection connection, Script script)
    {
        _script = script;
        script.Created?.Invoke(connection);
    }

    [OnOpen]
    public void Opened() => _script.Journal.Add("open");

    public void Dispose() => _script.Journal.Add("disposed at once");

    public async ValueTask DisposeAsync()
    {
        _script.Journal.Add("disposing");
        if (_script.Disposed is { } disposed) await disposed();
        _script.Journal.Add("disposed");
    }
}
