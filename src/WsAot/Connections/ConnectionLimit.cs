namespace WsAot.Connections;

/// <summary>So many places, of which each connection takes one. Any thread.</summary>
internal sealed class ConnectionLimit(int max)
{
    private int _taken;

    public int Max { get; } = max;

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a place, if one is free.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= Max) return true;
        Interlocked.Decrement(ref _taken);
        return false;
    }

    public void Return() => Interlocked.Decrement(ref _taken);
}
