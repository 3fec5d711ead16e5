namespace WsAot.Transport;

/// <summary>How much output the peer's kernel has acknowledged. The peer's program may have read less.</summary>
/// <param name="AcknowledgedBytes">
/// Grows with each acknowledged byte, and is less while output waits. Only the difference between two values counts.
/// </param>
/// <param name="IsComplete">Whether all output was acknowledged.</param>
public readonly record struct OutputDelivery(long AcknowledgedBytes, bool IsComplete);
