namespace WsAot.Loops;

/// <summary>
/// How much work a connection may cause in one turn, before the other connections get theirs. One receive can bring tens of thousands of
/// tiny messages, or hundreds that inflate to the largest size, and each may be published to thousands of subscribers. Immutable; all loops
/// share one.
/// </summary>
/// <param name="messages">Messages and control frames.</param>
/// <param name="bytes">Bytes of inflated messages, or of messages that were queued for a handler.</param>
/// <param name="deliveries">Deliveries of published messages on the connection's own loop.</param>
internal sealed class TurnLimits(
    int messages = TurnLimits.MaxMessages, int bytes = TurnLimits.MaxBytes, int deliveries = TurnLimits.MaxDeliveries)
{
    public const int MaxMessages = 1024;
    public const int MaxBytes = 256 * 1024;

    /// <summary>
    /// With a thousand subscribers this is 66 messages: about 4 ms of system calls, made once for all messages of the turn, and as much for
    /// the copies. With 8,192 the calls were made so often that a flood of publishing took ten times as long.
    /// </summary>
    public const int MaxDeliveries = 64 * 1024;

    public int Messages { get; } = messages;

    public int Bytes { get; } = bytes;

    public int Deliveries { get; } = deliveries;
}
