namespace WsAot.Tests.JsonRpc;

/// <summary>What the test's client can do.</summary>
[JsonRpcClient(TimeoutMs = 1000)]
public interface IRpcClient
{
    void Said(string who, string text);

    void Spoilt(int before, Faulty value, int after);

    [JsonRpcMethod("ask/name")]
    Task<string> AskName(string question, CancellationToken cancellationToken = default);

    Task<string?> AskNick();

    Task<Point> Locate();

    Task<int> Count();

    Task<Picky> Choose();

    Task<Shape> Draw();

    Task Touch();

    ValueTask<int> Weigh(Point point);
}
