namespace WsAot.Sessions;

/// <summary>
/// What a connection may make its loop do before the others have their turn. One receive can bring tens of thousands of tiny messages,
/// or hundreds that inflate to the largest size.
/// </summary>
/// <param name="messages">So many messages and control frames.</param>
/// <param name="bytes">So many bytes of what messages inflate to, or of what waited for a handler.</param>
internal struct TurnBudget(int messages, int bytes)
{
    public const int MaxMessages = 1024;
    public const int MaxBytes = 256 * 1024;

    /// <summary>Whether no more may be begun. The first message always may.</summary>
    public readonly bool IsSpent => messages <= 0 || bytes <= 0;

    public void Spend(int messageBytes)
    {
        messages--;
        bytes -= messageBytes;
    }
}
