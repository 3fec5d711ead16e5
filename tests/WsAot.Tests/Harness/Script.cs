using System.Text;
using WsAot.Tests.Filters;
using WsAot.Tests.JsonRpc;

namespace WsAot.Tests.Harness;

/// <summary>What the handler at <c>/script</c> does, said by the test. All that happens to it is written down first.</summary>
public sealed class Script
{
    public List<string> Journal { get; } = [];

    public Gate Gate { get; } = new();

    /// <summary>How many <see cref="ConnectionResource"/>s were made.</summary>
    public int ResourceCount { get; set; }

    public RpcScript Rpc { get; } = new();

    /// <summary>Who may hear a room; null: everybody.</summary>
    public Func<string, ValueTask<bool>>? MayHear { get; set; }

    public FilterScript Filters { get; } = new();

    public Action<WsConnection>? Created { get; set; }

    /// <summary>Called when a handler is disposed.</summary>
    public Func<Task>? Disposed { get; set; }

    public Func<WsRequest, CancellationToken, ValueTask<WsUpgrade>> Upgrade { get; set; } = static (_, _) => new(WsUpgrade.Accept());

    public Func<WsConnection, Task>? Opened { get; set; }

    public Func<WsConnection, string, Task>? Text { get; set; }

    public Func<WsConnection, byte[], Task>? Binary { get; set; }

    public Func<WsConnection, byte[], Task>? Pong { get; set; }

    public Func<WsConnection, Task>? Drained { get; set; }

    public Func<WsConnection, WsClose, Task>? Closed { get; set; }

    public void OnOpen(Action<WsConnection> action) => Opened = connection => Done(() => action(connection));

    public void OnText(Action<WsConnection, string> action) => Text = (connection, text) => Done(() => action(connection, text));

    public void OnClose(Action<WsConnection, WsClose> action) => Closed = (connection, close) => Done(() => action(connection, close));

    /// <summary>A message waits at the gate and is then sent back: an echo that takes its time.</summary>
    public void EchoThroughGate() => Text = async (connection, text) =>
    {
        await Gate.PassAsync();
        connection.Send(text);
    };

    internal static string Utf8(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
