namespace WsAot.Connections;

/// <summary>Counts connections up to a limit. Any thread.</summary>
internal sealed class ConnectionLimit(int max)
{
    private const int DefaultMax = 100_000;

    private int _max = max;

    private int _taken;
    private int _most;

    /// <summary>The limit. If it is set to less than there are, no connection is closed for it.</summary>
    public int Max
    {
        get => Volatile.Read(ref _max);
        set => Volatile.Write(ref _max, value);
    }

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>The limit where no option sets it.</summary>
    /// <param name="descriptors">The descriptors that connections may take.</param>
    /// <param name="opensFiles">Whether each of them may have a file open besides.</param>
    public static int DefaultFor(int descriptors, bool opensFiles) =>
        Math.Min(DefaultMax, Math.Max(1, opensFiles ? descriptors / 2 : descriptors));

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
