namespace WsAot.Protocol.Deflate;

/// <summary>How much a compressed message may become.</summary>
/// <param name="MaxBytes">Bytes of the inflated message.</param>
/// <param name="MaxRatio">
/// How many times its compressed length it may have, once it is longer than <see cref="FreeBytes"/>. Deflate can reach 1,032.
/// </param>
public readonly record struct InflateLimits(int MaxBytes, int MaxRatio)
{
    /// <summary>Up to this length the ratio is not looked at: small messages of zeros are common, and harmless.</summary>
    public const int FreeBytes = 1024 * 1024;

    /// <summary>The bytes that a message of a compressed length may become.</summary>
    public int For(int compressedBytes) => (int)Math.Min(MaxBytes, Math.Max(FreeBytes, (long)compressedBytes * MaxRatio));
}
