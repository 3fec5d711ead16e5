using System.Runtime.CompilerServices;

namespace WsAot.App.Handlers.Rpc;

/// <summary>A JSON-RPC 2.0 handler: plain methods, a stream, and calls back to the client.</summary>
[WsRoute("/rpc", Json = typeof(AppJson))]
internal sealed class Calculator(WsConnection connection, IChatClient client, WsTopic<IChatClient> rooms)
{
    private const int DivisionByZero = 1;
    private const int Overflow = 2;
    private const int InvalidParams = -32602;
    private const int MaxDelayMs = 3_600_000;
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
        // JSON has no infinity. Trying to write one would log an error, and clients must not be able to fill the log.
        if (!double.IsFinite(dividend) || !double.IsFinite(divisor)) throw new JsonRpcException(Overflow, "Overflow");
        if (divisor == 0) throw JsonRpcException.Create(DivisionByZero, "Division by zero", dividend, AppJson.Default.Double);
        double quotient = dividend / divisor;
        return double.IsFinite(quotient) ? quotient : throw new JsonRpcException(Overflow, "Overflow");
    }

    /// <summary>Streams a tick at each interval of at least 1 ms.</summary>
    [JsonRpcMethod("clock/ticks")]
    public async IAsyncEnumerable<Tick> Ticks(
        int count, int intervalMs = 1000, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Without a pause, ticks would come as fast as the client takes them.
        if (intervalMs < 1) throw new JsonRpcException(InvalidParams, "An interval is at least 1 ms");
        for (int number = 1; number <= count; number++)
        {
            yield return new Tick(number, TimeProvider.System.GetUtcNow());
            if (number < count) await Task.Delay(intervalMs, cancellationToken);
        }
    }

    /// <summary>Answers after a delay. Other calls run meanwhile, and the client can cancel it.</summary>
    [JsonRpcMethod]
    public async Task<string> Later(string text, int delayMs = 100, CancellationToken cancellationToken = default)
    {
        await Task.Delay(Delay(delayMs), cancellationToken);
        return text;
    }

    /// <summary>Sends the message back to its sender.</summary>
    [JsonRpcMethod]
    public void Say(Message message) => client.Said(message.Who, message.Text);

    /// <summary>Sends the message to all connected clients.</summary>
    [JsonRpcMethod]
    public void Shout(Message message) => rooms[Everybody].Said(message.Who, message.Text);

    /// <summary>Asks the client for its name.</summary>
    [JsonRpcMethod]
    public async Task<string> Greet() => $"Hello, {await client.AskName()}!";

    private static int Delay(int ms) => ms is >= 0 and <= MaxDelayMs
        ? ms
        // A call that never ends would keep its connection and everything that waits for it.
        : throw new JsonRpcException(InvalidParams, $"A delay is 0 to {MaxDelayMs} ms");
}
