using WsAot;

namespace TemplateNamespace.Counting;

/// <summary>A number that all connections share. The subscribers of its topic get each new value.</summary>
internal sealed class SharedCounter(WsServer server)
{
    public const string Topic = "counter";

    private readonly Lock _lock = new();
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public long Add(int amount)
    {
        // Connections run on several threads. The lock makes sure that values are published in order.
        lock (_lock)
        {
            _value += amount;
            server.Topic<ICounterClient>(Topic).Changed(_value);
            return _value;
        }
    }
}
