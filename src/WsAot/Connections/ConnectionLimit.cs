namespace WsAot.Connections;

/// <summary>Counts connections up to a limit. Any thread.</summary>
internal sealed class ConnectionLimit(int max)
{
    private int _taken;
    private int _most;

    public int Max { get; } = max;

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Counts one more connection, unless the limit is reached.</summary>
    public bool TryTake()
    {
        int taken = Interlocked.Increment(ref _taken);
        if (taken > Max)
        {
            Interlocked.Decrement(ref _taken);
            return false;
        }

        // Two threads may overwrite each other's: it is an estimate.
        if (taken > _most) _most = taken;
        return true;
    }

    /// <summary>The most that were taken at a time since the last call, roughly.</summary>
    public int TakeMost()
    {
        int taken = Taken;
        int most = Math.Max(_most, taken);
        _most = taken;
        return most;
    }

    public void Return() => Interlocked.Decrement(ref _taken);
}
