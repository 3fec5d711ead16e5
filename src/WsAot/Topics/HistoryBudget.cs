namespace WsAot.Topics;

/// <summary>The memory that the kept messages of all topics share. Any thread.</summary>
/// <param name="maxBytes">The limit.</param>
internal sealed class HistoryBudget(long maxBytes)
{
    private long _bytes;
    private bool _isShort;

    /// <summary>The bytes in use.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether a message did not fit since the last <see cref="Ease"/>.</summary>
    public bool IsShort => Volatile.Read(ref _isShort);

    /// <summary>Whether more than three quarters are in use, so that room should be made.</summary>
    public bool IsTight => Bytes > maxBytes / 4 * 3;

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= maxBytes) return true;
        Return(bytes);
        Volatile.Write(ref _isShort, true);
        return false;
    }

    /// <summary>Records that room is being made.</summary>
    public void Ease() => Volatile.Write(ref _isShort, false);

    public void Return(int bytes) => Interlocked.Add(ref _bytes, -bytes);
}
