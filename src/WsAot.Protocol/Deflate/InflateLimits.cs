namespace WsAot.Protocol.Deflate;

/// <summary>How large a compressed message may become.</summary>
/// <param name="MaxBytes">Bytes of the inflated message.</param>
/// <param name="MaxRatio">
/// How many times longer than its compressed form it may be, once it is longer than <see cref="FreeBytes"/>. Deflate can reach 1,032.
/// </param>
public readonly record struct InflateLimits(int MaxBytes, int MaxRatio)
{
    /// <summary>The ratio is not checked up to this length: small messages of zeros are common, and harmless.</summary>
    public const int FreeBytes = 1024 * 1024;

    /// <summary>The largest inflated length for a compressed length.</summary>
    public int For(int compressedBytes) => (int)Math.Min(MaxBytes, Math.Max(FreeBytes, (long)compressedBytes * MaxRatio));
}
