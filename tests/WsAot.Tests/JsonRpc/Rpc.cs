#pragma warning disable CA1822 // What clients call is a member of the handler, whether it looks at its fields or not.
using System.Runtime.CompilerServices;
using System.Text.Json;
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

/// <summary>The methods of the specification's examples, and those that do what the test's <see cref="RpcScript"/> says.</summary>
[WsRoute("/rpc", Json = typeof(RpcJson))]
internal sealed class Rpc
{
    private readonly Script _script;

    public Rpc(WsConnection connection, Script script, IRpcClient client, WsTopic<IRpcClient> topics)
    {
        _script = script;
        (script.Rpc.Connection, script.Rpc.Client, script.Rpc.Topics) = (connection, client, topics);
        script.Rpc.Connecting?.Invoke(client);
    }

    [OnOpen]
    public Task Opened()
    {
        _script.Journal.Add("open");
        return _script.Rpc.Opened();
    }

    [OnClose]
    public void Left(WsClose close) => _script.Journal.Add("close " + close.Code);

    [JsonRpcMethod("subtract")]
    public int Subtract(int minuend, int subtrahend) => minuend - subtrahend;

    [JsonRpcMethod("sum")]
    public int Sum(int a, int b, int c) => a + b + c;

    [JsonRpcMethod("update")]
    public void Update(int a, int b, int c, int d, int e) => _script.Journal.Add($"update {a} {b} {c} {d} {e}");

    [JsonRpcMethod("notify_hello")]
    public void NotifyHello(int number) => _script.Journal.Add($"hello {number}");

    [JsonRpcMethod("notify_sum")]
    public void NotifySum(int a, int b, int c) => _script.Journal.Add($"sum {a + b + c}");

    [JsonRpcMethod("get_data")]
    public object[] GetData() => ["hello", 5];

    [JsonRpcMethod]
    public string Echo(string text) => text;

    [JsonRpcMethod]
    public Point? Mirror(Point? point) => point is null ? null : new Point(-point.X, -point.Y);

    [JsonRpcMethod]
    public Dictionary<string, int> Map(Dictionary<string, int> map) => map;

    [JsonRpcMethod]
    public Shape Draw(Shape shape) => shape;

    [JsonRpcMethod]
    public string Defaults(int a, string b = "b", int? c = null, long d = 4) => $"{a} {b} {c?.ToString() ?? "null"} {d}";

    [JsonRpcMethod]
    public Picky Pick(Picky picky) => picky;

    [JsonRpcMethod]
    public Picky Unpick() => new("json");

    [JsonRpcMethod]
    public Broken Break() => new();

    [JsonRpcMethod]
    public Faulty Spoil(string fault) => new(fault);

    [JsonRpcMethod]
    public Dictionary<string, Faulty> SpoilMember(string fault) => new() { ["a"] = new(fault) };

    [JsonRpcMethod]
    public async IAsyncEnumerable<Faulty> SpoilItem(string fault, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new(fault);
    }

    [JsonRpcMethod]
    public void SpoilError(string fault) => throw JsonRpcException.Create(1, "spoilt", new(fault), RpcJson.Default.Faulty);

    [JsonRpcMethod]
    public string Stamp(Guid id, DateTimeOffset time) => $"{id} {time:O}";

    [JsonRpcMethod]
    public string Answer() => _script.Rpc.Answer();

    [JsonRpcMethod]
    public Task<string> Ask(CancellationToken cancellationToken) => _script.Rpc.Ask(cancellationToken);

    [JsonRpcMethod]
    public Task<string> Keep(string text, CancellationToken cancellationToken) => _script.Rpc.Keep(text, cancellationToken);

    /// <summary>Goes on without a token.</summary>
    [JsonRpcMethod]
    public async ValueTask<int> Pass(int number)
    {
        await _script.Gate.PassAsync();
        return number;
    }

    [JsonRpcMethod]
    public async Task Touch()
    {
        await _script.Gate.PassAsync();
        _script.Journal.Add("touched");
    }

    [JsonRpcMethod("items")]
    public IAsyncEnumerable<string> Items(CancellationToken cancellationToken) => _script.Rpc.Items(cancellationToken);

    [JsonRpcMethod("picky/items")]
    public IAsyncEnumerable<Picky> PickyItems(CancellationToken cancellationToken) => _script.Rpc.PickyItems(cancellationToken);

    [JsonRpcMethod]
    public int Parse(string json) => JsonDocument.Parse(json).RootElement.GetInt32();
}
