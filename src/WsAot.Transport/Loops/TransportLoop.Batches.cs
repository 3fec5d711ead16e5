using WsAot.Transport.Loops;

namespace WsAot.Transport;

/// <summary>The end of a batch: what is done once for all connections, in portions that leave time for the others.</summary>
public abstract partial class TransportLoop
{
    /// <summary>
    /// The most batches that an ending loop runs for calls that its last connections post when they close: the waiting messages of one
    /// connection can take about two hundred turns.
    /// </summary>
    private const int MaxLastBatches = 1024;

    /// <summary>A posted call, in units of work: what it does may take as long as a turn.</summary>
    private const int PostedCallUnits = 1024;

    /// <summary>
    /// Ends a batch: runs posted calls, then the turns that were asked for in the last batch, frees what was closed, lets the owner do
    /// what is due, and sends what was written.
    /// </summary>
    /// <returns>The milliseconds until the next batch must begin; -1: when something happens.</returns>
    private protected int EndBatch()
    {
        AssertOnLoop();
        RunPosted();
        RunTurns();
        FreeClosed();
        bool wasPoolEmpty = IsPoolEmpty;
        int waitMs;
        try
        {
            waitMs = Math.Max(Handler.OnBatchEnd(), -1);
        }
        catch (Exception exception)
        {
            // Do not call the owner again at once, because it may throw again.
            OnException(exception, null);
            waitMs = AcceptRetryMs;
        }

        // The handlers of closed connections may have started a timer after the owner said how long to wait, so the owner is asked again.
        if ((!_flushList.IsEmpty || _closed.Count > 0) && FlushAndFree()) waitMs = 0;
        // The owner trims the pool, but the first buffer was returned only after that call, so call the owner again soon.
        if (wasPoolEmpty && !IsPoolEmpty) waitMs = 0;
        if (Timer is { } timer && timer.Advance() is var timerMs && (uint)timerMs < (uint)waitMs) waitMs = timerMs;
        return HasWork ? 0 : waitMs;
    }

    /// <summary>Runs the last batches, after all connections were closed, so that calls that their handlers post still run.</summary>
    private protected void RunLastBatches()
    {
        EndBatch();
        for (int i = 0; i < MaxLastBatches && (HasWork || _closed.Count > 0); i++) EndBatch();
        try
        {
            Handler.OnEnded();
        }
        catch (Exception exception)
        {
            OnException(exception, null);
        }
    }

    /// <summary>
    /// Sends what was written. That may close connections, and their handlers may then write to others, so this repeats until neither is
    /// left, or until its time is over.
    /// </summary>
    /// <returns>Whether a connection was freed.</returns>
    private bool FlushAndFree()
    {
        var budget = new WorkBudget(Clock, int.MaxValue);
        bool hasFreed = false;
        while (true)
        {
            bool isOver = _flushList.Flush(ref budget);
            if (_closed.Count == 0 && (isOver || _flushList.IsEmpty)) return hasFreed;
            hasFreed |= _closed.Count > 0;
            FreeClosed();
        }
    }

    private void RunPosted()
    {
        if (!_posted.TryBeginBatch()) return;
        var budget = new WorkBudget(Clock, int.MaxValue);
        while (!budget.IsSpent(Clock) && _posted.TryTake(out PostedCalls.PostedCall call))
        {
            budget.Charge(PostedCallUnits);
            try
            {
                call.Action(call.State);
            }
            catch (Exception exception)
            {
                OnException(exception, null);
            }
        }
    }

    private void RunTurns()
    {
        Clock.Share(_turns.Count + _nextTurns.Count);
        if (_turns.Count + _nextTurns.Count == 0) return;
        foreach (LoopMember member in _turns)
        {
            try
            {
                member.RunTurn();
            }
            catch (Exception exception)
            {
                OnException(exception, member);
            }
        }

        // Turns that were requested in this batch come in the next one, so a connection that always requests another gets one turn per
        // batch, as the others do.
        _turns.Clear();
        (_turns, _nextTurns) = (_nextTurns, _turns);
    }

    private void FreeClosed()
    {
        // No event of this batch refers to them any more. Connections that are closed meanwhile are freed in the same pass.
        for (int i = 0; i < _closed.Count; i++)
        {
            try
            {
                _closed[i].Free();
            }
            catch (Exception exception)
            {
                OnException(exception, null);
            }

            UncountConnection();
        }

        _closed.Clear();
    }
}
