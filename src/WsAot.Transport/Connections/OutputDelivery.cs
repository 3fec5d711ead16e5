namespace WsAot.Transport;

/// <summary>
/// How far the output of a connection has come, as the system at the other end says. The program there may have read less.
/// </summary>
/// <param name="AcknowledgedBytes">
/// Grows by each byte that was acknowledged. While output waits it may be less. Only the difference between two values counts.
/// </param>
/// <param name="IsComplete">Whether all output was acknowledged.</param>
public readonly record struct OutputDelivery(long AcknowledgedBytes, bool IsComplete);
