using System.Buffers;
using System.Diagnostics;
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
    private byte[]? _unread;        // what was received and must wait to be read, in a rented buffer; meanwhile nothing more is received
    private int _unreadStart;
    private int _unreadEnd;
    private bool _isReadingUnread;
    private bool _isTurnRequested;
    private bool _isInboxBlocked;
    private bool _isHandlerPending;
    private bool _isDispatching;

    /// <summary>Whether messages must wait: for the handler, for the peer to read what was sent to it, or for what it published to be delivered.</summary>
    private bool MustWait => _isHandlerPending | _isOutputBlocked | _isPublishingBlocked | _inbox is not null;

    /// <summary>
    /// Whether so much waits for the handler that no more is read until half of it is left. A session that is closing lets nothing wait, and
    /// reads on for the peer's close frame.
    /// </summary>
    private bool IsInboxBlocked => _isInboxBlocked && _closing.State == ConnectionState.Open;

    private bool MayRead => !_isOutputBlocked && !_isPublishingBlocked && !IsInboxBlocked;

    public void OnReceived(Span<byte> bytes)
    {
        Debug.Assert(_unread is null, "While something is set aside, nothing is received.");
        NoteSignOfLife();
        TurnBudget budget = Server.Turn;
        Span<byte> rest = Read(bytes, ref budget);
        if (rest.IsEmpty) return;
        KeepUnread(rest);
        if (budget.IsSpent) RequestTurn();
    }

    public void OnTurn()
    {
        _isTurnRequested = false;
        NoteSignOfLife();
        GoOn();
    }

    public void OnPeerShutdown()
    {
        // A FIN without a close frame ends the connection unclean (section 7.1.5); what was written before it still goes out.
        _isInputIgnored = true;
        EndTcp();
    }

    /// <summary>Reads messages until there are no more, or no more may be read now.</summary>
    /// <returns>What is left.</returns>
    private Span<byte> Read(Span<byte> bytes, ref TurnBudget budget)
    {
        MessageInflater? inflater = _compression?.Inflater;
        ReceiveLimits limits = _settings.ReceiveLimits;
        ArrayPool<byte> pool = _loop.Pool;
        // Section 1.4 and 7.1.7: after the peer's close frame, or an error, nothing that comes is looked at.
        while (!_isInputIgnored)
        {
            switch (_receiver.Read(ref bytes, limits, pool, out ReadOnlySpan<byte> payload, inflater))
            {
                case ReceiveStatus.Text:
                    OnMessage(InboxKind.Text, payload, ref budget);
                    break;
                case ReceiveStatus.Binary:
                    OnMessage(InboxKind.Binary, payload, ref budget);
                    break;
                case ReceiveStatus.Ping:
                    SendPong(payload);
                    break;
                case ReceiveStatus.Pong:
                    if ((Route.Events & WsHandlerEvents.Pong) != 0) OnMessage(InboxKind.Pong, payload, ref budget);
                    break;
                case ReceiveStatus.Close:
                    OnCloseReceived(payload);
                    return default;
                case ReceiveStatus.Error:
                    OnProtocolError(_receiver.Error);
                    return default;
                default:
                    return default;
            }

            // What is not compressed is bounded by the loop's receive buffer already.
            budget.Spend(inflater is null ? 0 : payload.Length);
            if (bytes.IsEmpty)
            {
                // The rule: all that came was whole messages, of which nothing is kept.
                if (_receiver.IsIdle) return default;
            }
            else if ((budget.IsSpent || IsInboxBlocked) && !_isInputIgnored)
            {
                // The payload has been copied; the buffer that it was inflated into need not wait with the connection.
                inflater?.Trim();
                return bytes;
            }
        }

        return default;
    }

    /// <summary>Copies the payload that is being dispatched to where it stays until the handler's task has ended.</summary>
    internal ReadOnlyMemory<byte> HoldPayload(ReadOnlySpan<byte> payload)
    {
        _heldPayload ??= _loop.Pool.Rent(payload.Length);
        payload.CopyTo(_heldPayload);
        return _heldPayload.AsMemory(0, payload.Length);
    }

    private void OnMessage(InboxKind kind, ReadOnlySpan<byte> payload, ref TurnBudget budget)
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
            if (_inbox.PendingBytes < _settings.MaxPendingInputBytes) return;
            _isInboxBlocked = true;
            _transport.PauseReading();
            return;
        }

        Dispatch(kind, payload, ref budget);
        if (_hasPublished | _transport.IsOutputBlocked) BlockInputIfTooMuchWaits();
    }

    private void Dispatch(InboxKind kind, ReadOnlySpan<byte> payload, ref TurnBudget budget)
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
        (_loop.HasPublished, _loop.Deliveries) = (false, 0);
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
        if (_loop.HasPublished)
        {
            _hasPublished = true;
            budget.SpendDeliveries(_loop.Deliveries);
        }

        // The rule: the handler was synchronous and kept nothing.
        if (task != default || _heldPayload is not null) Observe(task);
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
        GoOn();
    }

    /// <summary>
    /// Goes on where messages had to wait: hands those in the inbox to the handler, then reads what is set aside, then receives again; each
    /// as far as nothing makes the rest wait once more.
    /// </summary>
    private void GoOn()
    {
        // Called from within the loop below by a task that had failed when it was returned: the loop goes on, or each would be a call deeper.
        if (_isDispatching) return;
        TurnBudget budget = Server.Turn;
        DispatchWaiting(ref budget);
        if (MayRead && !budget.IsSpent) ReadUnread(ref budget);
        if (budget.IsSpent && (_unread is not null || _inbox is not null)) RequestTurn();
        ResumeReading();
        if (State != WsState.Closed || _isHandlerPending || _inbox is not null || HasPendingCalls) return;
        CallOnClose();
        if (!_isHandlerPending) EndServices();
    }

    private void DispatchWaiting(ref TurnBudget budget)
    {
        _isDispatching = true;
        // The handler may have sent much after an await.
        BlockInputIfTooMuchWaits();
        while (_inbox is { IsEmpty: false } inbox && !_isHandlerPending && !_isOutputBlocked && !_isPublishingBlocked && !budget.IsSpent)
        {
            InboxKind kind = inbox.Dequeue(out ReadOnlySpan<byte> payload);
            budget.Spend(payload.Length);
            if (!_isInboxDropped) Dispatch(kind, payload, ref budget);
            BlockInputIfTooMuchWaits();
        }

        _isDispatching = false;
        if (_inbox is { IsEmpty: true }) ReleaseInbox();
        if (_inbox is null || _inbox.PendingBytes <= _settings.MaxPendingInputBytes / 2) _isInboxBlocked = false;
    }

    /// <summary>
    /// Leaves the rest for the next batch: the other connections of the loop have their turn first. Nothing more is received meanwhile.
    /// </summary>
    private void RequestTurn()
    {
        if (_isTurnRequested) return;
        _isTurnRequested = true;
        _transport.PauseReading();
        // What waits for the handler of a connection that is gone still has its turn.
        if (_transport.IsClosed) _loop.Post(new TurnCall(this));
        else _transport.RequestTurn();
    }

    /// <summary>Receives again, unless something stands against it.</summary>
    private void ResumeReading()
    {
        if (_isInputIgnored || (!_isTurnRequested && _unread is null && MayRead)) _transport.ResumeReading();
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
    /// Sets aside the rest of what was received; the reason for it pauses reading. Handing it on would be bounded neither by the inbox's limit
    /// nor in time: one piece of input can hold a thousand compressed messages that are each inflated to the largest size.
    /// </summary>
    private void KeepUnread(ReadOnlySpan<byte> bytes)
    {
        _unread = _loop.Pool.Rent(bytes.Length);
        bytes.CopyTo(_unread);
        (_unreadStart, _unreadEnd) = (0, bytes.Length);
    }

    private void ReadUnread(ref TurnBudget budget)
    {
        if (_unread is not { } unread || _isReadingUnread) return;
        _isReadingUnread = true;
        Span<byte> rest = Read(unread.AsSpan(_unreadStart.._unreadEnd), ref budget);
        _isReadingUnread = false;
        _unreadStart = _unreadEnd - rest.Length;
        if (rest.IsEmpty) ReturnUnread();
    }

    private void ReturnUnread()
    {
        if (_unread is not { } unread || _isReadingUnread) return;
        _unread = null;
        _loop.Pool.Return(unread);
    }

    private sealed class TurnCall(Session session) : LoopCall
    {
        public override void Run() => session.OnTurn();
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
        if (PeerFault.Is(exception)) Log.HandlerFailedByPeer(_loop.Server.Logger, exception, Route.Options.HandlerName, Connection.Id);
        else Log.HandlerFailed(_loop.Server.Logger, exception, Route.Options.HandlerName, Connection.Id);
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
