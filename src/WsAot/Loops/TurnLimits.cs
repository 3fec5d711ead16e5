namespace WsAot.Loops;

/// <summary>
/// What a connection may make its loop do in one turn, before the others have theirs. One receive can bring tens of thousands of tiny
/// messages, or hundreds that inflate to the largest size; and each of them may be published to thousands. Immutable; all loops share one.
/// </summary>
/// <param name="Messages">Messages and control frames.</param>
/// <param name="Bytes">Bytes of what messages inflate to, or of what waited for a handler.</param>
/// <param name="Deliveries">Deliveries, on the connection's own loop, of what the messages publish.</param>
internal sealed record TurnLimits(
    int Messages = TurnLimits.MaxMessages, int Bytes = TurnLimits.MaxBytes, int Deliveries = TurnLimits.MaxDeliveries)
{
    public const int MaxMessages = 1024;
    public const int MaxBytes = 256 * 1024;

    /// <summary>
    /// To a thousand subscribers that is 66 messages: some 4 ms of system calls, made once for all that was published in the turn, and as
    /// much for the copies. With 8,192 the calls were made so often that a flood of publishing took ten times as long.
    /// </summary>
    public const int MaxDeliveries = 64 * 1024;
}
