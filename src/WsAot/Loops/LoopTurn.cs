namespace WsAot.Loops;

/// <summary>
/// The current turn of a loop: which connection has it, and what is left of it. Reading, inflating and publishing charge it where they
/// happen. Each loop has one, and only that loop uses it.
/// </summary>
internal sealed class LoopTurn(TurnLimits limits)
{
    private readonly int _maxMessages = limits.Messages;
    private readonly int _maxBytes = limits.Bytes;
    private int _messagesLeft;
    private int _bytesLeft;
    private int _deliveriesLeft;

    /// <summary>
    /// The connection whose turn it is. Null between turns, and while the transport serves a connection: the transport knows which, and a
    /// message need not pay for saying so twice.
    /// </summary>
    public IPublisher? Current { get; private set; }

    /// <summary>Whether the turn is used up. The first message of a turn is always allowed.</summary>
    // A spent counter is zero or less, so negative once one is subtracted: one branch for all three.
    public bool IsSpent => ((_messagesLeft - 1) | (_bytesLeft - 1) | (_deliveriesLeft - 1)) < 0;

    /// <summary>The deliveries that a turn may make.</summary>
    public int MaxDeliveries { get; } = limits.Deliveries;

    /// <summary>All deliveries made on this loop since it started, in any turn.</summary>
    public long TotalDeliveries { get; private set; }

    /// <summary>Begins the turn of the connection that the transport serves. It ends with the transport's callback.</summary>
    public void Begin()
    {
        _messagesLeft = _maxMessages;
        _bytesLeft = _maxBytes;
        _deliveriesLeft = MaxDeliveries;
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
    /// <param name="bytes">The length of the inflated or queued message; 0 if the loop's receive buffer bounds it already.</param>
    public void ChargeMessage(int bytes)
    {
        _messagesLeft--;
        _bytesLeft -= bytes;
    }

    /// <summary>A message was delivered to this many subscribers.</summary>
    public void ChargeDeliveries(int count)
    {
        _deliveriesLeft -= count;
        TotalDeliveries += count;
    }

    /// <summary>An interrupted turn.</summary>
    public readonly struct SavedTurn(IPublisher? current, int messagesLeft, int bytesLeft, int deliveriesLeft)
    {
        public IPublisher? Current { get; } = current;

        public int MessagesLeft { get; } = messagesLeft;

        public int BytesLeft { get; } = bytesLeft;

        public int DeliveriesLeft { get; } = deliveriesLeft;
    }
}
