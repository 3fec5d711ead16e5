using WsAot.Tests.Harness;

namespace WsAot.Tests.Handlers;

/// <summary>Has every event and does what the test's <see cref="Script"/> says.</summary>
[WsRoute("/script")]
internal sealed class Scripted
{
    private readonly WsConnection _connection;
    private readonly Script _script;

    public Scripted(WsConnection connection, Script script)
    {
        (_connection, _script) = (connection, script);
        script.Created?.Invoke(connection);
    }

    [OnUpgrade]
    public static ValueTask<WsUpgrade> Asked(WsRequest request, Script script, CancellationToken cancellationToken) =>
        script.Upgrade(request, cancellationToken);

    [OnOpen]
    public Task Opened()
    {
        _script.Journal.Add("open");
        return _script.Opened?.Invoke(_connection) ?? Task.CompletedTask;
    }

    [OnText]
    public Task Said(string text)
    {
        _script.Journal.Add("text " + text);
        return _script.Text?.Invoke(_connection, text) ?? Task.CompletedTask;
    }

    [OnBinary]
    public Task Sent(ReadOnlyMemory<byte> bytes)
    {
        _script.Journal.Add("binary " + bytes.Length);
        return _script.Binary?.Invoke(_connection, bytes.ToArray()) ?? Task.CompletedTask;
    }

    [OnPong]
    public Task Ponged(ReadOnlyMemory<byte> bytes)
    {
        _script.Journal.Add("pong " + Script.Utf8(bytes.Span));
        return _script.Pong?.Invoke(_connection, bytes.ToArray()) ?? Task.CompletedTask;
    }

    [OnClose]
    public Task Left(WsClose close)
    {
        _script.Journal.Add($"close {close.Code} '{close.Reason}' {(close.WasClean ? "clean" : "unclean")}");
        return _script.Closed?.Invoke(_connection, close) ?? Task.CompletedTask;
    }
}
