namespace WsAot.Metrics;

/// <summary>Why the connections of a route have closed on one loop. Only that loop writes; any thread reads.</summary>
internal sealed class EndCounts
{
    /// <summary>How many causes of an end there may be.</summary>
    public const int MaxCauses = 32;

    private readonly long[] _closed = new long[MaxCauses * CloseCodes.Count];

    /// <summary>The connections that have ended so.</summary>
    /// <param name="cause">The number of the cause.</param>
    /// <param name="code">The place of the code in <see cref="CloseCodes"/>.</param>
    public long this[int cause, int code] => Volatile.Read(ref _closed[(cause * CloseCodes.Count) + code]);

    public void Add(int cause, ushort code) => _closed[(cause * CloseCodes.Count) + CloseCodes.PlaceOf(code)]++;

    /// <summary>Adds what another one has counted. For the reader's own.</summary>
    public void Add(EndCounts other)
    {
        for (int i = 0; i < _closed.Length; i++) _closed[i] += Volatile.Read(ref other._closed[i]);
    }
}
