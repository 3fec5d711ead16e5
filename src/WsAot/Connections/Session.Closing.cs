using System.Runtime.CompilerServices;
using WsAot.Loops;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;

namespace WsAot.Connections;

/// <summary>How a connection ends: the closing handshake, then TCP, in the order of RFC 6455 section 7.1.1.</summary>
internal sealed partial class Session
{
    /// <summary>The reason in the close frame that began the end; usually empty.</summary>
    private string CloseReason
    {
        get => _extras?.CloseReason ?? "";
        set
        {
            if (value.Length > 0 || _extras is not null) Extras.CloseReason = value;
        }
    }

    public static void ThrowIfNotSendable(ushort code, [CallerArgumentExpression(nameof(code))] string? name = null)
    {
        if (CloseCode.MayBeSent(code)) return;
        throw new ArgumentOutOfRangeException(
            name, code, "The code of a close frame must be 1000-1003, 1007-1014 or 3000-4999 (RFC 6455 section 7.4).");
    }

    /// <summary>Starts the closing handshake. Any thread.</summary>
    public void Close(ushort code, string reason, EndCause cause = EndCause.Closed)
    {
        if (!_loop.IsCurrent)
        {
            _loop.Post(new CloseWorkItem(this, code, reason, cause));
            return;
        }

        // After a FIN or an abort no close frame can be sent, so none is reported.
        if (EndCause != EndCause.None || !SendCloseFrame(code, reason)) return;
        NoteEnd(cause);
        CloseReason = reason;
        DropQueued();
        // Keep reading until the peer's close frame, which may be among the deferred bytes.
        if (_extras?.Deferred is not null) RequestTurn();
        ResumeReading();
        ScheduleClosing();
    }

    /// <summary>Starts the closing handshake because the server is stopping. On the loop.</summary>
    /// <returns>False if the connection has begun to end already.</returns>
    public bool CloseForStop(StopClose close)
    {
        if (EndCause != EndCause.None) return false;
        Close(close.Code, close.Reason, EndCause.Stopping);
        return true;
    }

    /// <summary>
    /// Like <see cref="CloseForStop"/>, but waits for the handler calls that are running. From now on messages wait, except those that the
    /// calls may need: the peer's answers and cancellations. On the loop.
    /// </summary>
    /// <returns>False if such calls are running; the connection is then closed later.</returns>
    public bool CloseWhenDone(StopClose close)
    {
        if (EndCause != EndCause.None) return true;
        if (!IsHandlerBusy) return CloseForStop(close);
        _pauses |= PauseReasons.CallsFull;
        Extras.Stop = close;
        return false;
    }

    /// <summary>Closes the connection if it was only waiting for its calls and they are done.</summary>
    private void CloseIfDone()
    {
        if (_extras?.Stop is { } stop && !IsHandlerBusy) CloseForStop(stop);
    }

    /// <summary>Drops the TCP connection. Any thread.</summary>
    public void Abort(EndCause cause = EndCause.Aborted)
    {
        if (!_loop.IsCurrent)
        {
            _loop.Post(new AbortWorkItem(this, cause));
            return;
        }

        NoteEnd(cause);
        StopReceiving();
        _transport.Abort();
    }

    /// <summary>
    /// The peer has reset the connection while its messages wait for a handler. Cancels the handler's token; the messages are still
    /// handled.
    /// </summary>
    public void OnPeerReset() => CancelClosed();

    /// <summary>
    /// Fails the connection (section 7.1.7). The output ends after the close frame. Input is read and dropped until the peer ends its side:
    /// closing with unread input would reset the connection, and the peer might never see the close frame.
    /// </summary>
    private void Fail(ushort code, string reason, EndCause cause)
    {
        NoteEnd(cause);
        _receiver.Release();
        StopReceiving();
        ReturnDeferred();
        if (SendCloseFrame(code, reason)) CloseReason = reason;
        DropQueued();
        EndTcp();
    }

    private void CloseSlowConsumer(string reason)
    {
        string text = $"{PendingOutputBytes} bytes of output are pending (limit {_settings.MaxPendingOutputBytes}); closed with 1008";
        LogEnd(text, "--max-pending-output-bytes and --slow-consumer");
        Close(CloseCode.PolicyViolation, reason, EndCause.SlowConsumer);
    }

    /// <summary>All input is dropped from here on.</summary>
    private void StopReceiving()
    {
        _receiver.Stop();
        EndInflation(hasHandled: false);
    }

    private void NoteEnd(EndCause cause)
    {
        if (EndCause != EndCause.None) return;
        EndCause = cause;
        _settings.Counters.Ending++;
        Waiters?.RefuseAll();
    }

    private bool SendCloseFrame(ushort code, string reason)
    {
        if (!_lifecycle.TrySend(code)) return false;
        Span<byte> payload = stackalloc byte[2 + ClosePayload.MaxReasonBytes];
        Write(Opcode.Close, payload[..ClosePayload.Write(payload, code, reason)]);
        return true;
    }

    /// <summary>
    /// Drops the queued messages, and the calls of a batch that have not begun. The queue keeps its buffer, because the handler may still
    /// be reading a message in it.
    /// </summary>
    private void DropQueued()
    {
        _extras?.Queue?.Clear();
        if (_calls.Handler is IPendingCalls calls) calls.DropWaiting();
        _pauses &= ~PauseReasons.HoldsWhileOpen;
    }

    /// <summary>
    /// Ends the server's side of TCP first, and waits a while for the peer's FIN (section 7.1.1). All input is ignored from here on
    /// (sections 1.4 and 7.1.7).
    /// </summary>
    private void EndTcp()
    {
        _transport.ShutdownOutput();
        StopReceiving();
        _pauses &= ~PauseReasons.HoldsWhileOpen;
        ResumeReading();
        ScheduleClosing();
    }

    private sealed class CloseWorkItem(Session session, ushort code, string reason, EndCause cause) : LoopWorkItem
    {
        public override void Run() => session.Close(code, reason, cause);
    }

    private sealed class AbortWorkItem(Session session, EndCause cause) : LoopWorkItem
    {
        public override void Run() => session.Abort(cause);
    }
}
