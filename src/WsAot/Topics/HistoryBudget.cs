namespace WsAot.Topics;

/// <summary>The memory that the kept messages of all topics share. Any thread.</summary>
/// <param name="maxBytes">The limit.</param>
internal sealed class HistoryBudget(long maxBytes)
{
    private long _bytes;
    private bool _isShort;

    /// <summary>The bytes that are taken.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether a message did not fit since <see cref="Ease"/>.</summary>
    public bool IsShort => Volatile.Read(ref _isShort);

    /// <summary>Whether so much is taken that room should be made: more than three quarters.</summary>
    public bool IsTight => Bytes > maxBytes / 4 * 3;

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= maxBytes) return true;
        Return(bytes);
        Volatile.Write(ref _isShort, true);
        return false;
    }

    /// <summary>Room is being made.</summary>
    public void Ease() => Volatile.Write(ref _isShort, false);

    public void Return(int bytes) => Interlocked.Add(ref _bytes, -bytes);
}
