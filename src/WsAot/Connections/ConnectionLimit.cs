namespace WsAot.Connections;

/// <summary>Counts connections up to a limit. Any thread.</summary>
internal sealed class ConnectionLimit(int max)
{
    private const int DefaultMax = 100_000;

    private int _max = max;

    private int _taken;
    private int _most;

    /// <summary>The limit. Setting it below the current count closes no connection.</summary>
    public int Max
    {
        get => Volatile.Read(ref _max);
        set => Volatile.Write(ref _max, value);
    }

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>The default limit.</summary>
    /// <param name="descriptors">The file descriptors that connections may use.</param>
    /// <param name="opensFiles">Whether each connection may also have a file open.</param>
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

        // Threads may overwrite each other's value, so this is an estimate.
        if (taken > _most) _most = taken;
        return true;
    }

    /// <summary>The highest count since the last call, approximately.</summary>
    public int TakeMost()
    {
        int taken = Taken;
        int most = Math.Max(_most, taken);
        _most = taken;
        return most;
    }

    public void Return() => Interlocked.Decrement(ref _taken);
}
