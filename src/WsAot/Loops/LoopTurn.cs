using System.Runtime.CompilerServices;
using WsAot.Transport;

namespace WsAot.Loops;

/// <summary>
/// The current turn of a loop: which connection has it, and how much of it is left. Reading, inflating and publishing charge it where they
/// happen. Each loop has one, and only that loop uses it.
/// </summary>
/// <param name="clock">The loop's clock.</param>
/// <param name="units">The units of a turn: <see cref="TurnCosts.Turn"/>; tests use fewer.</param>
internal sealed class LoopTurn(WorkClock clock, int units = TurnCosts.Turn)
{
    private WorkBudget _budget;
    private WorkBudget _posted;     // the posted work's budget, between its items
    private bool _hasPostedBegun;

    /// <summary>
    /// The connection whose turn it is. Null between turns, and while the transport serves a connection: the transport knows which one, and
    /// setting it here too would cost every message time.
    /// </summary>
    public IPublisher? Current { get; private set; }

    /// <summary>Whether the turn is used up. The first message of a turn is always allowed.</summary>
    public bool IsSpent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _budget.IsSpent(clock);
    }

    /// <summary>Begins the turn of the connection that the transport serves. It ends with the transport's callback.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin() => _budget = new WorkBudget(clock, units);

    /// <summary>Begins a turn that the transport does not know of, possibly within the turn of another connection.</summary>
    /// <param name="publisher">The connection; null if the turn belongs to none.</param>
    /// <returns>The turn that it interrupts, for <see cref="End"/>.</returns>
    public Interrupted Begin(IPublisher? publisher)
    {
        var interrupted = new Interrupted(Current, _budget);
        Current = publisher;
        Begin();
        return interrupted;
    }

    /// <summary>Ends such a turn, and continues the one that it interrupted.</summary>
    public void End(in Interrupted interrupted) => (Current, _budget) = (interrupted.Current, interrupted.Budget);

    /// <summary>Continues the turn that all posted work of a batch shares.</summary>
    /// <param name="publisher">The connection that the work is for; null if it is for none.</param>
    /// <returns>The turn that it interrupts, for <see cref="EndPosted"/>.</returns>
    public Interrupted BeginPosted(IPublisher? publisher)
    {
        Interrupted interrupted = Begin(publisher);
        if (_hasPostedBegun) _budget = _posted;
        _hasPostedBegun = true;
        return interrupted;
    }

    /// <summary>Ends what <see cref="BeginPosted"/> began.</summary>
    /// <returns>Whether the turn is used up, so that the rest of the posted work should wait for the next batch.</returns>
    public bool EndPosted(in Interrupted interrupted)
    {
        bool isSpent = IsSpent;
        _posted = _budget;
        End(interrupted);
        return isSpent;
    }

    /// <summary>The batch has ended, and with it the turn of its posted work.</summary>
    public void OnBatchEnd() => _hasPostedBegun = false;

    /// <summary>Charges some work. See <see cref="TurnCosts"/>.</summary>
    public void Charge(int costs) => _budget.Charge(costs);

    /// <summary>A message or control frame has been handled.</summary>
    /// <param name="bytes">The length of the inflated or queued message, or a part of that length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ChargeMessage(int bytes) => _budget.Charge(TurnCosts.Message + (int)((uint)bytes / TurnCosts.BytesPerUnit));

    /// <summary>An interrupted turn.</summary>
    public readonly struct Interrupted(IPublisher? current, WorkBudget budget)
    {
        public IPublisher? Current { get; } = current;

        public WorkBudget Budget { get; } = budget;
    }
}
