namespace WsAot.Tests.JsonRpc;

/// <summary>What the handler at <c>/rpc</c> does, said by the test; and what it was given.</summary>
public sealed class RpcScript
{
    public Func<CancellationToken, Task<string>> Ask { get; set; } = static _ => Task.FromResult("asked");

    public Func<string, CancellationToken, Task<string>> Keep { get; set; } = static (text, _) => Task.FromResult(text);

    public Func<CancellationToken, IAsyncEnumerable<string>> Items { get; set; } = static _ => AsyncEnumerable.Empty<string>();

    public Func<CancellationToken, IAsyncEnumerable<Picky>> PickyItems { get; set; } = static _ => AsyncEnumerable.Empty<Picky>();

    public Func<Task> Opened { get; set; } = static () => Task.CompletedTask;

    public Func<string> Answer { get; set; } = static () => "answer";

    /// <summary>Called by the handler's constructor.</summary>
    public Action<IRpcClient>? Connecting { get; set; }

    /// <summary>The proxy of the connection that was opened last.</summary>
    public IRpcClient Client { get; set; } = null!;

    public WsTopic<IRpcClient> Topics { get; set; } = null!;

    public WsConnection Connection { get; set; } = null!;
}
