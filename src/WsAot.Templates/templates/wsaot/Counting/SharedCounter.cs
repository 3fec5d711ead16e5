using WsAot;

namespace TemplateNamespace.Counting;

/// <summary>A number that all connections share. Those who subscribe to its topic hear each new value.</summary>
internal sealed class SharedCounter(WsServer server)
{
    public const string Topic = "counter";

    private readonly Lock _lock = new();
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public long Add(int amount)
    {
        // Connections live on several threads. Within the lock, values are published in the order in which they came about.
        lock (_lock)
        {
            _value += amount;
            server.Topic<ICounterClient>(Topic).Changed(_value);
            return _value;
        }
    }
}
