using System.Runtime.CompilerServices;

namespace WsAot.App.Handlers.Rpc;

/// <summary>JSON-RPC 2.0: what is called by its name, what streams, and what talks back.</summary>
[WsRoute("/rpc", Json = typeof(AppJson))]
internal sealed class Calculator(WsConnection connection, IChatClient client, WsTopic<IChatClient> rooms)
{
    private const int DivisionByZero = 1;
    private const int Overflow = 2;
    private const int InvalidParams = -32602;
    private const string Everybody = "rpc";

    [OnOpen]
    public void Joined() => connection.Subscribe(Everybody);

    [JsonRpcMethod]
    public long Sum(int[] numbers)
    {
        long sum = 0;
        foreach (int number in numbers) sum += number;
        return sum;
    }

    [JsonRpcMethod]
    public double Divide(double dividend, double divisor = 1)
    {
        // JSON has no infinity, and what cannot be written would be an error in the log, which is not for clients to fill.
        if (!double.IsFinite(dividend) || !double.IsFinite(divisor)) throw new JsonRpcException(Overflow, "Overflow");
        if (divisor == 0) throw JsonRpcException.Create(DivisionByZero, "Division by zero", dividend, AppJson.Default.Double);
        double quotient = dividend / divisor;
        return double.IsFinite(quotient) ? quotient : throw new JsonRpcException(Overflow, "Overflow");
    }

    /// <summary>A stream: a tick every so many milliseconds.</summary>
    [JsonRpcMethod("clock/ticks")]
    public async IAsyncEnumerable<Tick> Ticks(int count, int intervalMs = 1000, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int number = 1; number <= count; number++)
        {
            yield return new Tick(number, TimeProvider.System.GetUtcNow());
            if (number < count) await Task.Delay(Delay(intervalMs), cancellationToken);
        }
    }

    /// <summary>Asynchronous: other calls go on meanwhile, and it can be cancelled.</summary>
    [JsonRpcMethod]
    public async Task<string> Later(string text, int delayMs = 100, CancellationToken cancellationToken = default)
    {
        await Task.Delay(Delay(delayMs), cancellationToken);
        return text;
    }

    /// <summary>Comes back to the one who says it.</summary>
    [JsonRpcMethod]
    public void Say(Message message) => client.Said(message.Who, message.Text);

    /// <summary>Is heard by everybody who is connected here.</summary>
    [JsonRpcMethod]
    public void Shout(Message message) => rooms[Everybody].Said(message.Who, message.Text);

    /// <summary>Asks back.</summary>
    [JsonRpcMethod]
    public async Task<string> Greet() => $"Hello, {await client.AskName()}!";

    private static int Delay(int ms) => ms >= 0 ? ms : throw new JsonRpcException(InvalidParams, "A time cannot be negative");
}
