using WsAot.Protocol.Deflate;

namespace WsAot.Protocol.Messages;

/// <summary>What a connection accepts (RFC 6455 section 10.4). Immutable; all connections of a route share one.</summary>
public sealed class ReceiveLimits
{
    /// <summary>The highest value that <see cref="MaxMessageBytes"/> can take: 1 GiB.</summary>
    public const int LargestMaxMessageBytes = 1 << 30;

    /// <summary>What text and JSON stay below: some that repeats itself reaches 160, where a bomb has 1,000.</summary>
    public const int DefaultMaxInflateRatio = 200;

    /// <summary>Makes the limits.</summary>
    /// <param name="maxMessageBytes">The largest payload of a message in bytes, all its fragments together: 1 to 1 GiB.</param>
    /// <param name="maxFragments">How many frames a message may be cut into, empty ones counted: 1 or more.</param>
    /// <param name="maxInflateRatio">
    /// How many times its compressed length a message may become, once it is longer than 1 MiB: 1 or more.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public ReceiveLimits(int maxMessageBytes, int maxFragments, int maxInflateRatio = DefaultMaxInflateRatio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMessageBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxMessageBytes, LargestMaxMessageBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxFragments);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxInflateRatio);
        MaxMessageBytes = maxMessageBytes;
        MaxCompressedBytes = maxMessageBytes + (maxMessageBytes / 8) + (maxMessageBytes / 64) + 64;
        Inflate = new InflateLimits(maxMessageBytes, maxInflateRatio);
        MaxFragments = maxFragments;
    }

    /// <summary>The largest payload of a message in bytes, all its fragments together.</summary>
    public int MaxMessageBytes { get; }

    /// <summary>How many frames a message may be cut into, empty ones counted.</summary>
    public int MaxFragments { get; }

    /// <summary>How much a compressed message may become.</summary>
    public InflateLimits Inflate { get; }

    /// <summary>
    /// The largest compressed message: what cannot be compressed grows, by up to 13 % (zlib's deflateBound) where the client has chosen
    /// a small window, and a message within the limit must not be refused for that.
    /// </summary>
    internal int MaxCompressedBytes { get; }
}
