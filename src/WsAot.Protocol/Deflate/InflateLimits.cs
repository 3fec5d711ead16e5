namespace WsAot.Protocol.Deflate;

/// <summary>How large a compressed message may become, and how much of it is inflated at once.</summary>
/// <param name="MaxBytes">Bytes of the inflated message.</param>
/// <param name="PartBytes">
/// Bytes that one call inflates before it returns, so that a message of kilobytes that becomes gigabytes holds nobody up.
/// </param>
public readonly record struct InflateLimits(int MaxBytes, int PartBytes = int.MaxValue);
