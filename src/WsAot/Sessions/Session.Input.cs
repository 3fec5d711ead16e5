using System.Text;
using WsAot.Hosting;
using WsAot.Protocol;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;
using WsAot.Routing;

namespace WsAot.Sessions;

/// <summary>What comes in: bytes to events, events to the handler.</summary>
internal sealed partial class Session
{
    private Inbox? _inbox;
    private byte[]? _heldPayload;
    private byte[]? _unread;        // bytes that had come when the inbox became full, in a rented buffer
    private int _unreadLength;
    private bool _isReadingUnread;
    private bool _isHandlerPending;
    private bool _isDispatching;

    /// <summary>Whether messages must wait: for the handler, for the peer to read what was sent to it, or for what it published to be delivered.</summary>
    private bool MustWait => _isHandlerPending | _isOutputBlocked | _isPublishingBlocked | _inbox is not null;

    /// <summary>Whether as much waits as may. A session that is closing lets nothing wait, and reads on for the peer's close frame.</summary>
    private bool IsInboxFull =>
        _inbox is { } inbox && inbox.PendingBytes >= _settings.MaxPendingInputBytes && _closing.State == ConnectionState.Open;

    public void OnReceived(Span<byte> bytes)
    {
        NoteSignOfLife();
        ReadUnread();
        if (_unreadLength > 0) KeepUnread(bytes);
        else Read(bytes);
    }

    private void Read(Span<byte> bytes)
    {
        MessageInflater? inflater = _compression?.Inflater;
        // Section 1.4 and 7.1.7: after the peer's close frame, or an error, nothing that comes is looked at.
        while (!_isInputIgnored)
        {
            switch (_receiver.Read(ref bytes, _settings.ReceiveLimits, _loop.Pool, out ReadOnlySpan<byte> payload, inflater))
            {
                case ReceiveStatus.Text:
                    OnMessage(InboxKind.Text, payload);
                    break;
                case ReceiveStatus.Binary:
                    OnMessage(InboxKind.Binary, payload);
                    break;
                case ReceiveStatus.Ping:
                    SendPong(payload);
                    break;
                case ReceiveStatus.Pong:
                    if ((Route.Events & WsHandlerEvents.Pong) != 0) OnMessage(InboxKind.Pong, payload);
                    break;
                case ReceiveStatus.Close:
                    OnCloseReceived(payload);
                    return;
                case ReceiveStatus.Error:
                    OnProtocolError(_receiver.Error);
                    return;
                default:
                    return;
            }

            if (!bytes.IsEmpty && IsInboxFull)
            {
                // The payload has been copied; the buffer that it was inflated into need not wait with the connection.
                inflater?.Trim();
                KeepUnread(bytes);
                return;
            }
        }
    }

    public void OnPeerShutdown()
    {
        ReadUnread();
        // A FIN without a close frame ends the connection unclean (section 7.1.5); what was written before it still goes out.
        _isInputIgnored = true;
        EndTcp();
    }

    /// <summary>Copies the payload that is being dispatched to where it stays until the handler's task has ended.</summary>
    internal ReadOnlyMemory<byte> HoldPayload(ReadOnlySpan<byte> payload)
    {
        _heldPayload ??= _loop.Pool.Rent(payload.Length);
        payload.CopyTo(_heldPayload);
        return _heldPayload.AsMemory(0, payload.Length);
    }

    private void OnMessage(InboxKind kind, ReadOnlySpan<byte> payload)
    {
        // Once our close frame is out, messages cannot be answered, and are dropped.
        if (_closing.State != ConnectionState.Open) return;
        // A pong may answer our own ping: it says that the peer is there, not that it has something to say.
        if (kind != InboxKind.Pong) _lastMessageMs = _lastSignOfLifeMs;
        if (MustWait || IsOutputFull)
        {
            if (kind == InboxKind.Text && _handler is IPendingCalls calls && calls.TryTakeAnswer(payload)) return;
            BlockInputIfTooMuchWaits();
            (_inbox ??= new Inbox(_loop.Pool)).Enqueue(kind, payload);
            if (IsInboxFull) _transport.PauseReading();
            return;
        }

        Dispatch(kind, payload);
        BlockInputIfTooMuchWaits();
    }

    private void Dispatch(InboxKind kind, ReadOnlySpan<byte> payload)
    {
        WsHandlerEvents wanted = kind switch
        {
            InboxKind.Text => WsHandlerEvents.Text,
            InboxKind.Binary => WsHandlerEvents.Binary,
            _ => WsHandlerEvents.Pong,
        };
        if ((Route.Events & wanted) == 0)
        {
            // Section 7.4.1: 1003 is for data of a type that the endpoint does not take.
            Close(CloseCode.UnsupportedData, kind == InboxKind.Text ? "text is not accepted here" : "binary is not accepted here");
            return;
        }

        ValueTask task;
        _loop.HasPublished = false;
        try
        {
            var message = new WsPayload(payload, this);
            task = kind switch
            {
                InboxKind.Text => Route.OnText(_handler, Connection, message),
                InboxKind.Binary => Route.OnBinary(_handler, Connection, message),
                _ => Route.OnPong(_handler, Connection, message),
            };
        }
        catch (Exception exception)
        {
            ReturnHeldPayload();
            OnHandlerFailed(exception);
            return;
        }

        // It may have published to the server, or to a typed topic, which know nothing of this connection.
        _hasPublished |= _loop.HasPublished;
        Observe(task);
    }

    private void CallOnOpen()
    {
        try
        {
            Observe(Route.OnOpen(_handler, Connection));
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }
    }

    /// <summary>Goes on at once where the handler is done, which is the rule; else lets messages wait until it is.</summary>
    private void Observe(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
        {
            task.GetAwaiter().GetResult();
            if (_heldPayload is not null) ReturnHeldPayload();
            return;
        }

        _isHandlerPending = true;
        _loop.CountPendingHandler();
        AwaitHandler(task);
    }

    private async void AwaitHandler(ValueTask task)
    {
        try
        {
            // Resumes on the loop: it was called there, and the loop has a SynchronizationContext.
            await task;
        }
        catch (OperationCanceledException) when (_closedSource is { IsCancellationRequested: true })
        {
            // The handler heeded the token that tells of the end.
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }

        ReturnHeldPayload();
        _isHandlerPending = false;
        _loop.UncountPendingHandler();
        DispatchWaiting();
    }

    /// <summary>Hands waiting messages to the handler until one of them makes the rest wait again.</summary>
    private void DispatchWaiting()
    {
        // Called from within the loop below by a task that had failed when it was returned: the loop goes on, or each would be a call deeper.
        if (_isDispatching) return;
        _isDispatching = true;
        // The handler may have sent much after an await.
        BlockInputIfTooMuchWaits();
        while (_inbox is { IsEmpty: false } inbox && !_isHandlerPending && !_isOutputBlocked && !_isPublishingBlocked)
        {
            InboxKind kind = inbox.Dequeue(out ReadOnlySpan<byte> payload);
            if (!_isInboxDropped) Dispatch(kind, payload);
            BlockInputIfTooMuchWaits();
        }

        _isDispatching = false;
        if (_inbox is { IsEmpty: true }) ReleaseInbox();
        if (!_isOutputBlocked && !_isPublishingBlocked && (_inbox is null || _inbox.PendingBytes <= _settings.MaxPendingInputBytes / 2))
        {
            ReadUnread();
            if (!_isOutputBlocked && !_isPublishingBlocked && !IsInboxFull) _transport.ResumeReading();
        }

        if (_isHandlerPending || _inbox is not null || HasPendingCalls) return;
        if (State != WsState.Closed) return;
        CallOnClose();
        if (!_isHandlerPending) EndServices();
    }

    /// <summary>
    /// A peer that does not read what is sent to it is not read either until half of that has gone; one that publishes faster than other
    /// loops deliver, until they have.
    /// </summary>
    private void BlockInputIfTooMuchWaits()
    {
        // One that is closing sends nothing more, so there is nothing to wait for.
        if (_closing.State != ConnectionState.Open) return;
        if (IsOutputFull)
        {
            _isOutputBlocked = true;
            _transport.PauseReading();
        }

        if (_hasPublished && !_isPublishingBlocked && Server.Backlog.IsHigh)
        {
            _isPublishingBlocked = true;
            _transport.PauseReading();
            _loop.AddWaitingPublisher(this);
        }
    }

    /// <summary>
    /// Sets aside what came with the message that filled the inbox. Handing it on would not be bounded by the inbox's limit: one piece
    /// of input can hold a thousand compressed messages that are each inflated to the largest size.
    /// </summary>
    private void KeepUnread(ReadOnlySpan<byte> bytes)
    {
        if (_isReadingUnread)
        {
            // They lie in that buffer already.
            bytes.CopyTo(_unread);
            _unreadLength = bytes.Length;
            return;
        }

        byte[] larger = _loop.Pool.Rent(_unreadLength + bytes.Length);
        _unread.AsSpan(0, _unreadLength).CopyTo(larger);
        bytes.CopyTo(larger.AsSpan(_unreadLength));
        int length = _unreadLength + bytes.Length;
        ReturnUnread();
        (_unread, _unreadLength) = (larger, length);
    }

    private void ReadUnread()
    {
        if (_unread is not { } unread || _isReadingUnread) return;
        _isReadingUnread = true;
        int length = _unreadLength;
        _unreadLength = 0;
        Read(unread.AsSpan(0, length));
        _isReadingUnread = false;
        if (_unreadLength == 0) ReturnUnread();
    }

    private void ReturnUnread()
    {
        if (_unread is not { } unread || _isReadingUnread) return;
        _unread = null;
        _unreadLength = 0;
        _loop.Pool.Return(unread);
    }

    private sealed class ReadUnreadCall(Session session) : LoopCall
    {
        public override void Run() => session.ReadUnread();
    }

    private void ReturnHeldPayload()
    {
        if (_heldPayload is not { } held) return;
        _heldPayload = null;
        _loop.Pool.Return(held);
    }

    private void ReleaseInbox()
    {
        _inbox?.Release();
        _inbox = null;
    }

    private void OnHandlerFailed(Exception exception)
    {
        Log.HandlerFailed(_loop.Server.Logger, exception, Route.Options.HandlerName, Connection.Id);
        Fail(CloseCode.InternalError, "");
    }

    private void OnProtocolError(ProtocolError error)
    {
        ProtocolErrorInfo info = ProtocolErrors.Describe(error);
        Log.ProtocolError(_loop.Server.Logger, Connection.Id, info.CloseCode, info.Section, info.Text);
        Fail(info.CloseCode, info.Text);
    }

    private void OnCloseReceived(ReadOnlySpan<byte> payload)
    {
        ClosePayload.Read(payload, out ushort code, out ReadOnlySpan<byte> reason);
        _closeReason = Encoding.UTF8.GetString(reason);
        _isInputIgnored = true;
        // Section 5.5.1: the answer repeats the code. Messages that wait for the handler still reach it.
        if (_closing.OnReceived(code) == CloseAction.EchoThenEndTcp) SendCloseFrame(_closing.EchoCode, "");
        EndTcp();
    }
}
