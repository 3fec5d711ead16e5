namespace WsAot.Protocol.Handshake;

/// <summary>How large a request head may be. Immutable; all connections share one.</summary>
public sealed class HandshakeLimits
{
    /// <summary>Creates the limits.</summary>
    /// <param name="maxHeadBytes">The largest head in bytes, from the request line to the empty line: 1 or more.</param>
    /// <param name="maxHeaderCount">The largest number of header lines: 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public HandshakeLimits(int maxHeadBytes = 8192, int maxHeaderCount = 100)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxHeadBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxHeaderCount);
        MaxHeadBytes = maxHeadBytes;
        MaxHeaderCount = maxHeaderCount;
    }

    /// <summary>The largest head in bytes, from the request line to the empty line.</summary>
    public int MaxHeadBytes { get; }

    /// <summary>The largest number of header lines.</summary>
    public int MaxHeaderCount { get; }
}
