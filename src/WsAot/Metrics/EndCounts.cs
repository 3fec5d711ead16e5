namespace WsAot.Metrics;

/// <summary>Why the connections of a route have closed on one loop. Only that loop writes; any thread reads.</summary>
internal sealed class EndCounts
{
    /// <summary>The number of end causes that fit.</summary>
    public const int MaxCauses = 32;

    private readonly long[] _closed = new long[MaxCauses * CloseCodes.Count];

    /// <summary>The number of connections that ended this way.</summary>
    /// <param name="cause">The number of the cause.</param>
    /// <param name="code">The index of the code in <see cref="CloseCodes"/>.</param>
    public long this[int cause, int code] => Volatile.Read(ref _closed[(cause * CloseCodes.Count) + code]);

    public void Add(int cause, ushort code) => _closed[(cause * CloseCodes.Count) + CloseCodes.PlaceOf(code)]++;

    /// <summary>Adds the counts of another object. Call it only on an object of the reader's own.</summary>
    public void Add(EndCounts other)
    {
        for (int i = 0; i < _closed.Length; i++) _closed[i] += Volatile.Read(ref other._closed[i]);
    }
}
