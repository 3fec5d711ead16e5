namespace WsAot.Loops;

/// <summary>
/// The current turn of a loop: whose it is, and what is left of it. Whatever does the work charges for it where it happens: reading, inflating,
/// publishing. One for each loop, and used on it only.
/// </summary>
internal sealed class LoopTurn(TurnLimits limits)
{
    private readonly int _maxMessages = limits.Messages;
    private readonly int _maxBytes = limits.Bytes;
    private readonly int _maxDeliveries = limits.Deliveries;
    private int _messagesLeft;
    private int _bytesLeft;
    private int _deliveriesLeft;

    /// <summary>
    /// The connection whose turn it is. Null between turns, and while the transport serves a connection: the transport knows which, and a
    /// message need not pay for saying so twice.
    /// </summary>
    public IPublisher? Current { get; private set; }

    /// <summary>Whether no more may be begun. The first message of a turn always may.</summary>
    // Each is zero or less if it is spent, and negative once one is taken away: one branch for the three.
    public bool IsSpent => ((_messagesLeft - 1) | (_bytesLeft - 1) | (_deliveriesLeft - 1)) < 0;

    /// <summary>The deliveries that were made on this loop since it began, whoever's turn it was.</summary>
    public long TotalDeliveries { get; private set; }

    /// <summary>Begins the turn of the connection that the transport serves. It ends with the transport's callback.</summary>
    public void Begin()
    {
        _messagesLeft = _maxMessages;
        _bytesLeft = _maxBytes;
        _deliveriesLeft = _maxDeliveries;
    }

    /// <summary>Begins a turn that the transport does not know of, perhaps within the turn of another connection.</summary>
    /// <returns>The turn that it interrupts, for <see cref="End"/>.</returns>
    public SavedTurn Begin(IPublisher publisher)
    {
        var interrupted = new SavedTurn(Current, _messagesLeft, _bytesLeft, _deliveriesLeft);
        Current = publisher;
        Begin();
        return interrupted;
    }

    /// <summary>Ends such a turn, and goes on with the one that it interrupted.</summary>
    public void End(in SavedTurn saved) =>
        (Current, _messagesLeft, _bytesLeft, _deliveriesLeft) = (saved.Current, saved.MessagesLeft, saved.BytesLeft, saved.DeliveriesLeft);

    /// <summary>A message or control frame has been handled.</summary>
    /// <param name="bytes">What it was inflated to, or what had waited; 0 where the loop's receive buffer bounds it already.</param>
    public void ChargeMessage(int bytes)
    {
        _messagesLeft--;
        _bytesLeft -= bytes;
    }

    /// <summary>A message was given to so many subscribers.</summary>
    public void ChargeDeliveries(int count)
    {
        _deliveriesLeft -= count;
        TotalDeliveries += count;
    }

    /// <summary>A turn that is interrupted.</summary>
    public readonly record struct SavedTurn(IPublisher? Current, int MessagesLeft, int BytesLeft, int DeliveriesLeft);
}
