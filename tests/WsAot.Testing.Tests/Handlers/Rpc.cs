using System.Runtime.CompilerServices;

namespace WsAot.Testing.Tests.Handlers;

[WsRoute("/rpc", Json = typeof(RpcJson))]
public sealed class Rpc(WsConnection connection, ITestClient client, TimeProvider time)
{
    [OnOpen]
    public void Opened()
    {
        connection.Subscribe("rpc");
        client.Said("server", "welcome");
    }

    [JsonRpcMethod] public int Sum(int first, int second, int third = 0) => first + second + third;

    [JsonRpcMethod] public Point Move(Point point, int by) => point with { X = point.X + by };

    [JsonRpcMethod] public void Say(string text) => client.Said("you", text);

    [JsonRpcMethod] public void Refuse() => throw new JsonRpcException(42, "not today");

    [JsonRpcMethod]
    public async Task<string> Greet(CancellationToken cancellationToken) =>
        $"hello {await client.AskName("hi", cancellationToken)}";

    [JsonRpcMethod]
    public async Task<string> Wait(int seconds, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken);
        return "waited";
    }

    [JsonRpcMethod]
    public async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 1; i <= to; i++)
        {
            if (i > 1) await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return i;
        }
    }
}
