namespace WsAot.Protocol.Liveness;

/// <summary>
/// Tells a peer that takes what it was sent, however slowly, from one that does not. Output that was accepted is not thrown away while the
/// peer takes it; a peer that takes a byte now and then would hold the rest of it for ever. Not thread-safe; do not copy.
/// </summary>
public struct OutputProgress
{
    /// <summary>What a peer must take in a timeout to get another one.</summary>
    public const int MinBytes = 1024;

    // Only the difference of two values counts, and no timeout is long enough for 2 GiB.
    private uint _acknowledged;

    /// <summary>Starts to count at what has been acknowledged so far.</summary>
    public void Start(long acknowledgedBytes) => _acknowledged = (uint)acknowledgedBytes;

    /// <summary>
    /// Whether the peer has taken at least so many bytes since the start, or since this was last true. If so, counts anew.
    /// </summary>
    public bool HasAdvanced(long acknowledgedBytes, int minBytes = MinBytes)
    {
        if ((int)((uint)acknowledgedBytes - _acknowledged) < minBytes) return false;
        _acknowledged = (uint)acknowledgedBytes;
        return true;
    }
}
