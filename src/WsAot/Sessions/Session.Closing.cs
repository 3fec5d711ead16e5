using WsAot.Hosting;
using WsAot.Memory;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;
using WsAot.Routing;

namespace WsAot.Sessions;

/// <summary>How it ends: the closing handshake, then TCP, in the order of RFC 6455 section 7.1.1.</summary>
internal sealed partial class Session
{
    private string _closeReason = "";
    private bool _isInputIgnored;
    private bool _isInboxDropped;   // what waits is not handed on any more, but freed when its turn comes: a handler may be reading it
    private bool _isCloseReported;

    /// <summary>Begins the closing handshake. Any thread.</summary>
    public void Close(ushort code, string reason)
    {
        if (!_loop.IsCurrent)
        {
            _loop.Post(new CloseCall(this, code, reason));
            return;
        }

        // After a FIN or Abort no close frame can go out any more, and none is to be reported.
        if (_isInputIgnored || !SendCloseFrame(code, reason)) return;
        _closeReason = reason;
        _isInboxDropped = true;
        // Input is read on, for the peer's close frame; which may be in what was set aside.
        _isOutputBlocked = _isPublishingBlocked = false;
        if (_unread is not null) RequestTurn();
        ResumeReading();
        SetDeadline(_loop.NowMs + _settings.CloseTimeoutMs, Deadline.Close);
    }

    /// <summary>Drops TCP. Any thread.</summary>
    public void Abort()
    {
        if (!_loop.IsCurrent)
        {
            _loop.Post(new AbortCall(this));
            return;
        }

        _isInputIgnored = true;
        _transport.Abort();
    }

    /// <summary>The peer is gone while its messages wait for a handler: that handler is told, and they still get their turn.</summary>
    public void OnPeerReset() => CancelClosed();

    public void OnClosed()
    {
        bool wasOpened = State != WsState.Connecting;
        _closing.OnTcpEnded();
        _loop.Timers.Cancel(this);
        _subscriptions.Clear(_loop.Topics);
        _receiver.Release(_loop.Pool);
        ReturnUnread();
        DisposeCompression();
        _latePong = null;
        if (wasOpened) _loop.Remove(this);
        Server.ReturnConnection();
        CancelClosed();
        // What was received before a clean end still belongs to the handler; OnClose comes after it. The transport gives no more turns.
        _isTurnRequested = false;
        _isOutputBlocked = _isPublishingBlocked = false;
        if (!_isHandlerPending) GoOn();
    }

    /// <summary>
    /// Section 7.1.7: fails the connection. After the close frame the output ends; input is read and dropped until the peer ends it
    /// too, since closing with unread input would reset the connection and might take the close frame with it.
    /// </summary>
    private void Fail(ushort code, string reason)
    {
        _isInputIgnored = true;
        _receiver.Release(_loop.Pool);
        ReturnUnread();
        if (SendCloseFrame(code, reason)) _closeReason = reason;
        _isInboxDropped = true;
        EndTcp();
    }

    private bool SendCloseFrame(ushort code, string reason)
    {
        if (!_closing.TrySend(code)) return false;
        Span<byte> payload = stackalloc byte[2 + ClosePayload.MaxReasonBytes];
        Write(Opcode.Close, payload[..ClosePayload.Write(payload, code, reason)]);
        return true;
    }

    /// <summary>Section 7.1.1: the server ends its side first, and waits for the peer's FIN for a while.</summary>
    private void EndTcp()
    {
        _transport.ShutdownOutput();
        _isOutputBlocked = _isPublishingBlocked = false;
        _transport.ResumeReading();
        SetDeadline(_loop.NowMs + _settings.CloseTimeoutMs, Deadline.Close);
    }

    private void DisposeCompression()
    {
        if (_compression is not { } compression) return;
        _compression = null;
        compression.Dispose();
        if (compression.OwnsMemory) Server.Heap.AddDropped(ServerHeap.CompressionBytes);
    }

    private void CancelClosed()
    {
        if (Volatile.Read(ref _closedSource) is not { } source) return;
        try
        {
            source.Cancel();
        }
        catch (AggregateException exception)
        {
            Log.HandlerFailed(Server.Logger, exception, Route.Options.HandlerName, Connection.Id);
        }
    }

    private void CallOnClose()
    {
        if (_isCloseReported) return;
        _isCloseReported = true;
        if ((Route.Events & WsHandlerEvents.Close) == 0) return;
        ushort code = _closing.ReceivedCode != 0 ? _closing.ReceivedCode : _closing.SentCode != 0 ? _closing.SentCode : _closing.FinalCode;
        try
        {
            Observe(Route.OnClose(_handler, Connection, new WsClose(code, _closeReason, _closing.IsClean)));
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }
    }

    private void EndServices()
    {
        if (_kept is ConnectionServices services) _loop.End(services);
    }

    private sealed class CloseCall(Session session, ushort code, string reason) : LoopCall
    {
        public override void Run() => session.Close(code, reason);
    }

    private sealed class AbortCall(Session session) : LoopCall
    {
        public override void Run() => session.Abort();
    }
}
