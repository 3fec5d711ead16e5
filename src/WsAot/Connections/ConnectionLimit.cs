namespace WsAot.Connections;

/// <summary>Counts connections up to a limit. Any thread.</summary>
internal sealed class ConnectionLimit(int max)
{
    private int _taken;

    public int Max { get; } = max;

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Counts one more connection, unless the limit is reached.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= Max) return true;
        Interlocked.Decrement(ref _taken);
        return false;
    }

    public void Return() => Interlocked.Decrement(ref _taken);
}
