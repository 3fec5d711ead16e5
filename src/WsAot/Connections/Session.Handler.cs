using System.Diagnostics;
using WsAot.Logging;
using WsAot.Loops;
using WsAot.Metrics;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Messages;
using WsAot.Routing;

namespace WsAot.Connections;

/// <summary>The calls to the user's handler, and the turns in which they run.</summary>
internal sealed partial class Session : IPayloadHolder
{
    private SessionSynchronizationContext? _synchronizationContext;

    /// <inheritdoc/>
    ReadOnlyMemory<byte> IPayloadHolder.Hold(ReadOnlySpan<byte> payload) => _calls.Hold(payload, _loop.Pool);

    /// <summary>
    /// Runs the code after an <c>await</c> of the handler for this session, in the turn that all posted work of a batch shares.
    /// </summary>
    public void RunContinuation(Action continuation)
    {
        LoopTurn.Interrupted interrupted = _loop.Turn.BeginPosted(this);
        SynchronizationContext? context = _settings.IsAsynchronous ? EnterContext() : null;
        try
        {
            continuation();
        }
        finally
        {
            if (context is not null) SynchronizationContext.SetSynchronizationContext(context);
            if (_loop.Turn.EndPosted(interrupted)) _loop.DeferPosted();
        }
    }

    /// <summary>The counters of its route on this loop. On the loop.</summary>
    public ref RouteCounters Counters => ref _settings.Counters;

    /// <summary>Charges the turn for reading JSON.</summary>
    public void ChargeJson(int bytes) => _loop.Turn.Charge((int)((uint)bytes / TurnCosts.JsonBytesPerUnit));

    /// <summary>Charges the turn for a further call of a message, for an item of a stream, or for an exception.</summary>
    /// <param name="hasThrown">Whether an exception was caught, which costs as much as several calls.</param>
    public void ChargeCall(bool hasThrown) => _loop.Turn.Charge(hasThrown ? TurnCosts.Exception : TurnCosts.Message);

    /// <summary>The close code of the ended connection: the peer's if it sent one, else the server's.</summary>
    private ushort EndCode => _lifecycle.ReceivedCode != 0 ? _lifecycle.ReceivedCode
        : _lifecycle.SentCode != 0 ? _lifecycle.SentCode
        : _lifecycle.FinalCode;

    /// <summary>Calls the handler with a message.</summary>
    private void Dispatch(ReceiveStatus kind, ReadOnlySpan<byte> payload)
    {
        if (!_settings.Takes(kind))
        {
            // Section 7.4.1: 1003 means a type of data that the endpoint does not accept.
            string reason = kind == ReceiveStatus.Text ? "this route takes no text messages" : "this route takes no binary messages";
            LogEnd($"{reason}; closed with 1003", null);
            Close(CloseCode.UnsupportedData, reason, EndCause.UnsupportedData);
            return;
        }

        ValueTask task;
        try
        {
            var message = new WsPayload(payload, this);
            task = kind switch
            {
                ReceiveStatus.Text => Route.OnText(_calls.Handler, Connection, in message),
                ReceiveStatus.Binary => Route.OnBinary(_calls.Handler, Connection, in message),
                _ => Route.OnPong(_calls.Handler, Connection, in message),
            };
        }
        catch (Exception exception)
        {
            _calls.ReleasePayload(_loop.Pool);
            OnHandlerFailed(exception);
            return;
        }

        // Usually the handler was synchronous and kept nothing.
        if (task != default || _calls.HoldsPayload) Observe(task);
    }

    private void DispatchTimed(ReceiveStatus kind, ReadOnlySpan<byte> payload)
    {
        _loop.OnSampled();
        _loop.IsSampling = true;
        long start = _loop.GetTimestamp();
        Dispatch(kind, payload);
        _loop.IsSampling = false;
        // A suspended call is timed until it ends.
        if (!_calls.IsBusy) ObserveHandlerTime(_loop.GetElapsed(start));
    }

    private void ObserveHandlerTime(TimeSpan time)
    {
        (_settings.Counters.HandlerTime ??= new Histogram()).Observe(time);
        if (MeterFeature.IsSupported) _loop.Server.Durations?.OnHandler(Route.Options.Template, time);
    }

    private void CallOnOpen()
    {
        try
        {
            Observe(Route.OnOpen(_calls.Handler, Connection));
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }
    }

    private void CallOnClose()
    {
        if (!_calls.TryReportClose() || (Route.Events & WsHandlerEvents.Close) == 0) return;
        try
        {
            Observe(Route.OnClose(_calls.Handler, Connection, new WsClose(EndCode, CloseReason, _lifecycle.IsClean)));
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }
    }

    /// <summary>
    /// Disposes a disposable handler, once, after all of its calls. The handler is busy until an asynchronous disposal has ended.
    /// </summary>
    private void DisposeHandler()
    {
        if ((Route.Events & WsHandlerEvents.Disposable) == 0 || !_calls.TryDispose()) return;
        try
        {
            Observe(Route.Dispose(_calls.Handler));
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }
    }

    /// <summary>Continues at once if the handler is done, as it usually is. Otherwise messages are queued until it is done.</summary>
    private void Observe(ValueTask task)
    {
        if (!task.IsCompleted)
        {
            _calls.OnSuspended();
            _loop.BeginWork();
            AwaitHandler(task);
            return;
        }

        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            OnTaskFailed(exception);
        }

        _calls.ReleasePayload(_loop.Pool);
    }

    private async void AwaitHandler(ValueTask task)
    {
        long startMs = _loop.NowMs;
        try
        {
            // Resumes on the loop: the method was called there, and the loop has a SynchronizationContext.
            await task;
        }
        catch (Exception exception)
        {
            OnTaskFailed(exception);
        }

        _calls.OnEnded(_loop.Pool);
        ObserveHandlerTime(TimeSpan.FromMilliseconds(_loop.NowMs - startMs));
        RunTurn(static session => session.Pump());
        // Not earlier: a stopping server must wait for what comes next, such as DisposeAsync after OnClose.
        _loop.EndWork();
    }

    private void OnTaskFailed(Exception exception)
    {
        // A handler that stops because ConnectionClosed was cancelled has not failed.
        if (exception is OperationCanceledException && ClosedSource is { IsCancellationRequested: true }) return;
        OnHandlerFailed(exception);
    }

    private void OnHandlerFailed(Exception exception)
    {
        if (PeerFault.Is(exception)) Log.HandlerFailedByPeer(_loop.Server.Logger, exception, Route.Options.HandlerName, Connection.Id);
        else Log.HandlerFailed(_loop.Server.Logger, exception, Route.Options.HandlerName, Connection.Id);
        Fail(CloseCode.InternalError, "", EndCause.HandlerFailed);
    }

    private void RunTurn(Action<Session> work) => RunTurn(static (session, work) => ((Action<Session>)work!)(session), work);

    /// <summary>Runs work in a turn of this session: in its current turn, or in a new one that may interrupt another session's.</summary>
    private void RunTurn(Action<Session, object?> work, object? argument)
    {
        Debug.Assert(_loop.IsCurrent, "A session has its turns on its loop.");
        LoopTurn turn = _loop.Turn;
        if (ReferenceEquals(turn.Current, this))
        {
            work(this, argument);
            return;
        }

        LoopTurn.Interrupted interrupted = turn.Begin(this);
        SynchronizationContext? context = _settings.IsAsynchronous ? EnterContext() : null;
        try
        {
            work(this, argument);
        }
        finally
        {
            if (context is not null) SynchronizationContext.SetSynchronizationContext(context);
            turn.End(interrupted);
        }
    }

    /// <summary>
    /// Sets the context that brings the code after a handler's awaits back to this session, so that its work is charged to it. Only
    /// asynchronous handlers need it; the others do not pay for it.
    /// </summary>
    /// <returns>The context to restore.</returns>
    private SynchronizationContext? EnterContext()
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_synchronizationContext ??= new SessionSynchronizationContext(this));
        return context;
    }
}
