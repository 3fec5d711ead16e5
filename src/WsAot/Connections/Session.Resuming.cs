using System.Diagnostics;
using WsAot.Loops;
using WsAot.Protocol.Messages;

namespace WsAot.Connections;

/// <summary>What makes the input wait, what is kept meanwhile, and the turns that resume it.</summary>
internal sealed partial class Session
{
    /// <summary>
    /// Resumes a connection that had to wait: handles queued messages, then reads deferred bytes, then receives again, until something
    /// makes it wait again. Runs in a turn of this session.
    /// </summary>
    private void Pump()
    {
        LoopTurn turn = _loop.Turn;
        Debug.Assert(ReferenceEquals(turn.Current, this), "A session handles waiting input only in its own turn.");
        CallOnDrained();
        CloseIfDone();
        DispatchQueued();
        Waiters?.OnTurn();
        // A message that is being inflated is finished even if the next ones must wait, because other connections wait for it.
        if (_receiver.IsInflating && !Has(PauseReasons.InflationWait) && !turn.IsSpent) Read(default);
        if (!_receiver.IsInflating && !Has(PauseReasons.HoldsReading) && !turn.IsSpent) ReadDeferred();
        if (_calls.Handler is IPendingCalls calls) calls.OnTurn();
        bool mustInflate = _receiver.IsInflating && !Has(PauseReasons.InflationWait);
        if (turn.IsSpent && (mustInflate || _extras is { HasInput: true })) RequestTurn();
        ResumeReading();
        if (State != WsState.Closed || _calls.IsBusy || Queue is not null || HasPendingCalls) return;
        CallOnClose();
        if (!_calls.IsBusy) DisposeHandler();
        if (!_calls.IsBusy) EndServices();
    }

    private void DispatchQueued()
    {
        // After an await, the handler may have filled the output.
        PauseIfOutputFull();
        while (Queue is { IsEmpty: false } queue && !_loop.Turn.IsSpent && !_calls.IsBusy && !Has(PauseReasons.HoldsMessages))
        {
            ReceiveStatus kind = queue.Dequeue(out ReadOnlySpan<byte> payload);
            _loop.Turn.ChargeMessage(payload.Length);
            Dispatch(kind, payload);
            PauseIfOutputFull();
        }

        if (Queue is { IsEmpty: true } empty)
        {
            empty.Release();
            Extras.Queue = null;
        }

        if (Queue is null || Queue.PendingBytes <= MaxQueuedBytes / 2) _pauses &= ~PauseReasons.QueueFull;
    }

    /// <summary>
    /// Leaves the rest for the next batch, so that the other connections of the loop get their turns first. Pauses reading until then.
    /// </summary>
    public void RequestTurn()
    {
        if (Has(PauseReasons.TurnPending)) return;
        Pause(PauseReasons.TurnPending);
        // A closed connection gets no more turns from its transport, but its queued messages are still handled.
        if (_transport.IsClosed) _loop.Post(new TurnWorkItem(this));
        else _transport.RequestTurn();
    }

    private void Pause(PauseReasons reason)
    {
        _pauses |= reason;
        if (!_receiver.IsStopped) _transport.PauseReading();
    }

    /// <summary>Receives again unless a reason to pause is left. A stopped receiver drops its input, so it always receives.</summary>
    private void ResumeReading()
    {
        if ((_pauses & ~PauseReasons.LetsRead) == PauseReasons.None || _receiver.IsStopped) _transport.ResumeReading();
    }

    private bool Has(PauseReasons reasons) => (_pauses & reasons) != 0;

    /// <summary>
    /// Sets aside the rest of the input, and receives no more until it has been read. Queueing its messages instead would exceed the
    /// queue's limit and take unbounded time: one input can hold a thousand messages that each inflate to the largest size.
    /// </summary>
    private void Defer(ReadOnlySpan<byte> bytes)
    {
        byte[] buffer = _loop.Pool.Rent(bytes.Length);
        bytes.CopyTo(buffer);
        Extras.Deferred = new DeferredBytes(buffer, bytes.Length);
        Pause(PauseReasons.DeferredBytes);
    }

    private void ReadDeferred()
    {
        if (_extras is not { Deferred: { } deferred } extras) return;
        // Cleared before it is read: if the connection ends meanwhile, the buffer must not be returned twice.
        extras.Deferred = null;
        Span<byte> rest = Read(deferred.Span);
        if (rest.IsEmpty)
        {
            _pauses &= ~PauseReasons.DeferredBytes;
            _loop.Pool.Return(deferred.Buffer);
            return;
        }

        deferred.Keep(rest.Length);
        extras.Deferred = deferred;
    }

    private void ReturnDeferred()
    {
        _pauses &= ~PauseReasons.DeferredBytes;
        if (_extras is not { Deferred: { } deferred } extras) return;
        extras.Deferred = null;
        _loop.Pool.Return(deferred.Buffer);
    }

    private sealed class TurnWorkItem(Session session) : LoopWorkItem
    {
        public override void Run() => session.OnTurn();
    }
}
