using WsAot.Protocol.Frames;

namespace WsAot.Connections;

/// <summary>
/// The messages of a connection that wait for room, in order. A turn of the connection sends only as many as the turn pays for, so a
/// thousand waiting messages do not hold up other connections. The server holds no copy of them.
/// </summary>
/// <remarks>While messages wait, either the kernel has refused output, and its progress wakes them, or a turn is requested.</remarks>
internal sealed class SendWaiters(Session session) : ISendWaiters
{
    // Also the lock, because a token may cancel on any thread.
    private readonly LinkedList<SendWaiter> _waiting = [];
    private int _count;

    /// <inheritdoc/>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Adds a message behind those that are waiting already. Any thread.</summary>
    public Task<SendResult> Add(Opcode opcode, ReadOnlyMemory<byte> payload, string? text, CancellationToken cancellationToken)
    {
        var waiter = new SendWaiter(this, opcode, payload, text);
        // Counted before it reaches the loop, so that the next message of its thread does not overtake it.
        Interlocked.Increment(ref _count);
        if (cancellationToken.CanBeCanceled) waiter.CancelBy(cancellationToken);
        if (session.Loop.IsCurrent)
        {
            Arrive(waiter);
            return waiter.Task;
        }

        session.Loop.Post(waiter);
        // The loop may have ended before it could see the message.
        if (session.State == WsState.Closed && TryClaim(waiter)) waiter.Refuse();
        return waiter.Task;
    }

    /// <summary>A message has reached the loop and joins the list. On the loop.</summary>
    public void Arrive(SendWaiter waiter)
    {
        if (session.EndCause != EndCause.None)
        {
            if (TryClaim(waiter)) waiter.Refuse();
            return;
        }

        lock (_waiting)
        {
            // It may have been cancelled on its way.
            if (!waiter.IsClaimed) waiter.Place = _waiting.AddLast(waiter);
        }

        session.OnSendWaits();
        Wake();
    }

    /// <summary>Removes a message that was cancelled. Call it after the claim; any thread.</summary>
    public void Forget(SendWaiter waiter)
    {
        Interlocked.Decrement(ref _count);
        lock (_waiting)
        {
            if (waiter.Place is { List: not null } place) _waiting.Remove(place);
        }
    }

    /// <inheritdoc/>
    public void Wake()
    {
        if (!IsEmpty && session.HasRoomForWaiting) session.RequestTurnForCalls();
    }

    /// <inheritdoc/>
    public void OnTurn()
    {
        if (!session.HasRoomForWaiting) return;
        // At least one, or incoming messages could keep these waiting for ever.
        while (TryTakeFirst() is { } waiter)
        {
            session.ChargeSent(waiter.Send(session));
            if (session.IsTurnSpent || session.IsOutputAtLimit) break;
        }

        Wake();
    }

    /// <inheritdoc/>
    public void RefuseAll()
    {
        while (TryTakeFirst() is { } waiter) waiter.Refuse();
    }

    private SendWaiter? TryTakeFirst()
    {
        lock (_waiting)
        {
            while (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                if (TryClaim(first.Value)) return first.Value;
            }

            return null;
        }
    }

    private bool TryClaim(SendWaiter waiter)
    {
        if (!waiter.TryClaim()) return false;
        Interlocked.Decrement(ref _count);
        return true;
    }
}
