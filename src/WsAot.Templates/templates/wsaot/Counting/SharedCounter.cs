namespace TemplateNamespace.Counting;

/// <summary>A number that all connections share.</summary>
internal sealed class SharedCounter
{
    private readonly Lock _lock = new();
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public long Add(int amount, ICounter topic)
    {
        // Connections run on several threads. The lock makes sure that values are published in order.
        lock (_lock)
        {
            _value += amount;
            topic.Changed(_value);
            return _value;
        }
    }
}
