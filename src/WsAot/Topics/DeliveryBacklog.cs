namespace WsAot.Topics;

/// <summary>
/// What was published and waits for other loops to deliver it, in bytes. Beyond the mark, those who publish are not read until it has been
/// delivered; whoever publishes from another thread cannot be held back so, and finds his messages dropped at the limit. Any thread.
/// </summary>
/// <param name="maxBytes">The limit. A server has the default; tests a smaller one.</param>
internal sealed class DeliveryBacklog(long maxBytes = DeliveryBacklog.DefaultMaxBytes)
{
    private const long DefaultMaxBytes = 128 * 1024 * 1024;
    private const long HighBytes = 16 * 1024 * 1024;

    private long _bytes;

    public bool IsHigh => Volatile.Read(ref _bytes) > HighBytes;

    public bool TryAdd(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= maxBytes) return true;
        Interlocked.Add(ref _bytes, -bytes);
        return false;
    }

    public void Remove(int bytes) => Interlocked.Add(ref _bytes, -bytes);
}
