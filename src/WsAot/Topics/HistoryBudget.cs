namespace WsAot.Topics;

/// <summary>The memory that the kept messages of all topics share. Any thread.</summary>
/// <param name="maxBytes">The limit.</param>
internal sealed class HistoryBudget(long maxBytes)
{
    private long _bytes;

    /// <summary>The bytes that are taken.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= maxBytes) return true;
        Return(bytes);
        return false;
    }

    public void Return(int bytes) => Interlocked.Add(ref _bytes, -bytes);
}
