namespace WsAot.Testing.Tests.Handlers;

[JsonRpcClient(TimeoutMs = 10_000)]
public interface ITestClient
{
    void Said(string who, string text);

    Task<string> AskName(string greeting, CancellationToken cancellationToken);
}
