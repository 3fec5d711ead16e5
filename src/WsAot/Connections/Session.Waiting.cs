using System.Runtime.CompilerServices;
using WsAot.Loops;
using WsAot.Protocol.Frames;
using WsAot.Routing;

namespace WsAot.Connections;

/// <summary>Messages that wait for room before they are sent, and the calls of OnDrained.</summary>
/// <remarks>
/// Both happen when half of the output limit is free, which is also when paused reading resumes. So a slow peer costs one wake-up for many
/// messages.
/// </remarks>
internal sealed partial class Session
{
    private SessionExtras? _extras;

    /// <summary>The object that the application attached. Any thread.</summary>
    public object? UserState
    {
        get => Volatile.Read(ref _extras)?.UserState;
        set
        {
            if (value is not null) Extras.UserState = value;
            else if (Volatile.Read(ref _extras) is { } extras) extras.UserState = null;
        }
    }

    /// <summary>Whether waiting messages may be sent: not before half of the limit is free.</summary>
    public bool HasRoomForWaiting => !IsOutputFull && !IsOutputHalfFull;

    /// <summary>Whether the output limit is reached.</summary>
    public bool IsOutputAtLimit => IsOutputFull;

    /// <summary>Made when first needed, on any thread.</summary>
    private SessionExtras Extras
    {
        get
        {
            if (Volatile.Read(ref _extras) is { } extras) return extras;
            extras = new SessionExtras();
            return Interlocked.CompareExchange(ref _extras, extras, null) ?? extras;
        }
    }

    private ISendWaiters? Waiters => Volatile.Read(ref _extras)?.Waiters;

    /// <summary>Sends a message if there is room and no other message waits for it. Any thread.</summary>
    /// <returns>False if it has to wait (<see cref="WaitToSend"/>).</returns>
    public bool TrySend(Opcode opcode, ReadOnlySpan<byte> payload, out SendResult result)
    {
        result = SendResult.Refused;
        if (State != WsState.Open || EndCause != EndCause.None) return true;
        if (Waiters is { IsEmpty: false }) return false;
        if (_loop.IsCurrent)
        {
            // A producer that always finds room must not keep the loop for itself.
            if (_loop.Turn.IsSpent || IsOutputFull) return false;
            ChargeSent(payload.Length);
        }

        result = Send(opcode, payload);
        return result != SendResult.Refused || State != WsState.Open;
    }

    /// <summary>Makes a message wait for room. Any thread.</summary>
    public Task<SendResult> WaitToSend(
        Opcode opcode, ReadOnlyMemory<byte> payload, string? text, CancellationToken cancellationToken)
    {
        ISendWaiters waiters = Waiters ?? Extras.SetWaiters(new SendWaiters(this));
        return ((SendWaiters)waiters).Add(opcode, payload, text, cancellationToken);
    }

    /// <summary>Charges the turn for sending a message that had to wait.</summary>
    public void ChargeSent(int bytes) => _loop.Turn.Charge(TurnCosts.Message + (int)((uint)bytes / TurnCosts.DeflatedBytesPerUnit));

    /// <summary>A message waits for room, or for a turn.</summary>
    public void OnSendWaits()
    {
        if (IsOutputFull) NoteOutputFull();
    }

    /// <summary>The output limit has held something back. OnDrained is called when there is room again.</summary>
    private void NoteOutputFull()
    {
        if ((Route.Events & WsHandlerEvents.Drained) != 0) _calls.OweDrained();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SendResult RefuseFull()
    {
        NoteOutputFull();
        return SendResult.Refused;
    }

    /// <summary>A message from another thread was refused, perhaps because of output that is still on its way to the loop.</summary>
    private SendResult RefusePosted()
    {
        if ((Route.Events & WsHandlerEvents.Drained) != 0 && Extras.TryTellRefusal()) _loop.Post(new RefusalWorkItem(this));
        return SendResult.Refused;
    }

    /// <summary>Calls the handler's <see cref="OnDrainedAttribute"/> method if it is owed and half of the limit is free.</summary>
    private void CallOnDrained()
    {
        if (!_calls.IsDrainedOwed || !HasRoomForWaiting || EndCause != EndCause.None) return;
        _calls.OnDrainedCalled();
        try
        {
            ValueTask task = Route.OnDrained(_calls.Handler, Connection);
            if (task.IsCompleted) task.GetAwaiter().GetResult();
            else AwaitDrained(task);
        }
        catch (Exception exception)
        {
            OnTaskFailed(exception);
        }
    }

    /// <summary>Awaits an asynchronous OnDrained method. Messages wait for it, as for the method of any other event.</summary>
    private async void AwaitDrained(ValueTask task)
    {
        _calls.OnDrainedSuspended();
        _loop.BeginWork();
        try
        {
            await task;
        }
        catch (Exception exception)
        {
            OnTaskFailed(exception);
        }

        _calls.OnDrainedEnded();
        RunTurn(static session => session.Pump());
        // Not earlier: see AwaitHandler.
        _loop.EndWork();
    }

    private sealed class RefusalWorkItem(Session session) : LoopWorkItem
    {
        public override void Run()
        {
            session._extras!.OnRefusalTold();
            session.NoteOutputFull();
            if (session.HasRoomForWaiting) session.RequestTurnForCalls();
        }
    }
}
