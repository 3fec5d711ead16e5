namespace WsAot.Sessions;

/// <summary>
/// What a connection may make its loop do before the others have their turn. One receive can bring tens of thousands of tiny messages,
/// or hundreds that inflate to the largest size.
/// </summary>
internal struct TurnBudget
{
    public const int MaxMessages = 1024;
    public const int MaxBytes = 256 * 1024;

    private int _messages;
    private int _bytes;

    /// <summary>Whether no more may be begun. The first message always may.</summary>
    public readonly bool IsSpent => _messages >= MaxMessages || _bytes >= MaxBytes;

    public void Spend(int bytes)
    {
        _messages++;
        _bytes += bytes;
    }
}
