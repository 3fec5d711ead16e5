namespace WsAot.Protocol.Deflate;

/// <summary>How large a compressed message may become, and how much of it is inflated at once.</summary>
/// <param name="MaxBytes">The largest inflated message in bytes.</param>
/// <param name="PartBytes">
/// How many bytes one call inflates before it returns, so that a small message that inflates to gigabytes does not block other connections.
/// </param>
public readonly record struct InflateLimits(int MaxBytes, int PartBytes = int.MaxValue);
