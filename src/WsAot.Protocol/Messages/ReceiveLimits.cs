namespace WsAot.Protocol.Messages;

/// <summary>What a connection accepts (RFC 6455 section 10.4). Immutable; all connections of a route share one.</summary>
public sealed class ReceiveLimits
{
    /// <summary>The highest value that <see cref="MaxMessageBytes"/> can take: 1 GiB.</summary>
    public const int LargestMaxMessageBytes = 1 << 30;

    /// <summary>Makes the limits.</summary>
    /// <param name="maxMessageBytes">The largest payload of a message in bytes, all its fragments together: 1 to 1 GiB.</param>
    /// <param name="maxFragments">How many frames a message may be cut into, empty ones counted: 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public ReceiveLimits(int maxMessageBytes, int maxFragments)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMessageBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxMessageBytes, LargestMaxMessageBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxFragments);
        MaxMessageBytes = maxMessageBytes;
        MaxFragments = maxFragments;
    }

    /// <summary>The largest payload of a message in bytes, all its fragments together.</summary>
    public int MaxMessageBytes { get; }

    /// <summary>How many frames a message may be cut into, empty ones counted.</summary>
    public int MaxFragments { get; }
}
