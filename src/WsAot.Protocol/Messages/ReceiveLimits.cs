using WsAot.Protocol.Deflate;

namespace WsAot.Protocol.Messages;

/// <summary>What a connection accepts (RFC 6455 section 10.4). Immutable; all connections of a route share one.</summary>
public sealed class ReceiveLimits
{
    /// <summary>The highest value that <see cref="MaxMessageBytes"/> can take: 1 GiB.</summary>
    public const int LargestMaxMessageBytes = 1 << 30;

    /// <summary>Creates the limits.</summary>
    /// <param name="maxMessageBytes">The largest message in bytes, over all its fragments: 1 to 1 GiB.</param>
    /// <param name="maxFragments">The largest number of frames in a message, empty ones included: 1 or more.</param>
    /// <param name="inflatePartBytes">How many bytes of a compressed message are inflated at once: 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public ReceiveLimits(int maxMessageBytes, int maxFragments, int inflatePartBytes = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMessageBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxMessageBytes, LargestMaxMessageBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxFragments);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inflatePartBytes);
        MaxMessageBytes = maxMessageBytes;
        MaxCompressedBytes = maxMessageBytes + (maxMessageBytes / 8) + (maxMessageBytes / 64) + 64;
        Inflate = new InflateLimits(maxMessageBytes, inflatePartBytes);
        MaxFragments = maxFragments;
    }

    /// <summary>The largest message in bytes, over all its fragments.</summary>
    public int MaxMessageBytes { get; }

    /// <summary>The largest number of frames in a message, empty ones included.</summary>
    public int MaxFragments { get; }

    /// <summary>How large a compressed message may become, and how much of it is inflated at once.</summary>
    public InflateLimits Inflate { get; }

    /// <summary>
    /// The largest compressed message. If the client uses a small window, incompressible data grows by up to 13 % (zlib's deflateBound). A
    /// message within the limit must not be refused for that.
    /// </summary>
    internal int MaxCompressedBytes { get; }
}
