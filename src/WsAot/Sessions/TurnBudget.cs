namespace WsAot.Sessions;

/// <summary>
/// What a connection may make its loop do before the others have their turn. One receive can bring tens of thousands of tiny messages,
/// or hundreds that inflate to the largest size; and each of them may be published to thousands.
/// </summary>
/// <param name="messages">So many messages and control frames.</param>
/// <param name="bytes">So many bytes of what messages inflate to, or of what waited for a handler.</param>
/// <param name="deliveries">So many deliveries, on the connection's own loop, of what the messages publish.</param>
internal struct TurnBudget(int messages, int bytes, int deliveries = TurnBudget.MaxDeliveries)
{
    public const int MaxMessages = 1024;
    public const int MaxBytes = 256 * 1024;

    /// <summary>
    /// To a thousand, 66 messages: some 4 ms of system calls, once for all that was published in the turn, and as much for the copies. Fewer would
    /// have the calls made more often: 8,192 made a flood of publishing take ten times as long.
    /// </summary>
    public const int MaxDeliveries = 64 * 1024;

    /// <summary>Whether no more may be begun. The first message always may.</summary>
    public readonly bool IsSpent => messages <= 0 || bytes <= 0 || deliveries <= 0;

    public void Spend(int messageBytes)
    {
        messages--;
        bytes -= messageBytes;
    }

    public void SpendDeliveries(int count) => deliveries -= count;
}
