using System.Buffers;
using System.Diagnostics;
using System.Text;
using WsAot.Logging;
using WsAot.Loops;
using WsAot.Protocol;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;
using WsAot.Routing;

namespace WsAot.Connections;

/// <summary>What comes in: bytes to events; and when it has to wait.</summary>
internal sealed partial class Session
{
    private MessageQueue? _queue;
    private DeferredBytes? _deferred;
    private PauseReasons _pauses;

    /// <summary>Whether messages must wait: for the handler, for the peer to read what was sent to it, or for what it published to be delivered.</summary>
    private bool MustQueue => _calls.IsPending || _queue is not null || Has(PauseReasons.OutputFull | PauseReasons.PublishBacklog);

    public void OnReceived(Span<byte> bytes)
    {
        Debug.Assert(_deferred is null, "While something is deferred, nothing is received.");
        _keepAlive.OnActivity(_loop.NowMs);
        _loop.Turn.Begin();
        SynchronizationContext? context = _settings.IsAsynchronous ? EnterContext() : null;
        Span<byte> rest = Read(bytes);
        if (!rest.IsEmpty)
        {
            Defer(rest);
            if (_loop.Turn.IsSpent) RequestTurn();
        }

        if (context is not null) SynchronizationContext.SetSynchronizationContext(context);
    }

    public void OnTurn()
    {
        _pauses &= ~PauseReasons.TurnPending;
        _keepAlive.OnActivity(_loop.NowMs);
        RunTurn(static session => session.Pump());
    }

    public void OnPeerShutdown()
    {
        // A FIN without a close frame ends the connection unclean (section 7.1.5); what was written before it still goes out.
        NoteEnd(EndCause.PeerShutdown);
        EndTcp();
    }

    /// <summary>Reads messages until there are no more, or no more may be read now.</summary>
    /// <returns>What is left.</returns>
    private Span<byte> Read(Span<byte> bytes)
    {
        MessageInflater? inflater = _compression?.Inflater;
        ReceiveLimits limits = _settings.ReceiveLimits;
        ArrayPool<byte> pool = _loop.Pool;
        LoopTurn turn = _loop.Turn;
        while (true)
        {
            ReceiveStatus status = _receiver.Read(ref bytes, limits, pool, out ReadOnlySpan<byte> payload, inflater);
            switch (status)
            {
                case ReceiveStatus.Text or ReceiveStatus.Binary:
                    OnMessage(status, payload);
                    break;
                case ReceiveStatus.Ping:
                    SendPong(payload);
                    break;
                case ReceiveStatus.Pong:
                    if ((Route.Events & WsHandlerEvents.Pong) != 0) OnMessage(status, payload);
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
            turn.ChargeMessage(inflater is null ? 0 : payload.Length);
            if (bytes.IsEmpty)
            {
                // The rule: all that came was whole messages, of which nothing is kept.
                if (_receiver.IsIdle) return default;
            }
            else if ((turn.IsSpent || Has(PauseReasons.QueueFull)) && !_receiver.IsStopped)
            {
                // The payload has been copied; the buffer that it was inflated into need not wait with the connection.
                inflater?.Trim();
                return bytes;
            }
        }
    }

    private void OnMessage(ReceiveStatus kind, ReadOnlySpan<byte> payload)
    {
        // Once our close frame is out, messages cannot be answered, and are dropped.
        if (_lifecycle.State != ConnectionState.Open) return;
        // A pong may answer our own ping: it says that the peer is there, not that it has something to say.
        if (kind != ReceiveStatus.Pong) _keepAlive.OnMessage();
        if (MustQueue || IsOutputFull)
        {
            Enqueue(kind, payload);
            return;
        }

        Dispatch(kind, payload);
        if (_transport.IsOutputBlocked) PauseIfOutputFull();
    }

    private void Enqueue(ReceiveStatus kind, ReadOnlySpan<byte> payload)
    {
        if (kind == ReceiveStatus.Text && _calls.Handler is IPendingCalls calls && calls.TryTakeAnswer(payload)) return;
        PauseIfOutputFull();
        (_queue ??= new MessageQueue(_loop.Pool)).Enqueue(kind, payload);
        if (_queue.PendingBytes >= _settings.MaxPendingInputBytes) Pause(PauseReasons.QueueFull);
    }

    /// <summary>
    /// Goes on where messages had to wait: hands those in the queue to the handler, then reads what was deferred, then receives again; each
    /// as far as nothing makes the rest wait once more. In a turn of this session.
    /// </summary>
    private void Pump()
    {
        LoopTurn turn = _loop.Turn;
        Debug.Assert(ReferenceEquals(turn.Current, this), "A session is pumped in its own turn.");
        DispatchQueued();
        if (!Has(PauseReasons.OutputFull | PauseReasons.PublishBacklog | PauseReasons.QueueFull) && !turn.IsSpent) ReadDeferred();
        if (turn.IsSpent && (_deferred is not null || _queue is not null)) RequestTurn();
        ResumeReading();
        if (State != WsState.Closed || _calls.IsPending || _queue is not null || HasPendingCalls) return;
        CallOnClose();
        if (!_calls.IsPending) EndServices();
    }

    private void DispatchQueued()
    {
        // The handler may have sent much after an await.
        PauseIfOutputFull();
        while (_queue is { IsEmpty: false } queue && !_loop.Turn.IsSpent
            && !_calls.IsPending && !Has(PauseReasons.OutputFull | PauseReasons.PublishBacklog))
        {
            ReceiveStatus kind = queue.Dequeue(out ReadOnlySpan<byte> payload);
            _loop.Turn.ChargeMessage(payload.Length);
            Dispatch(kind, payload);
            PauseIfOutputFull();
        }

        if (_queue is { IsEmpty: true } empty)
        {
            empty.Release();
            _queue = null;
        }

        if (_queue is null || _queue.PendingBytes <= _settings.MaxPendingInputBytes / 2) _pauses &= ~PauseReasons.QueueFull;
    }

    /// <summary>Leaves the rest for the next batch: the other connections of the loop have their turn first.</summary>
    private void RequestTurn()
    {
        if (Has(PauseReasons.TurnPending)) return;
        Pause(PauseReasons.TurnPending);
        // What waits for the handler of a connection that is gone still has its turn.
        if (_transport.IsClosed) _loop.Post(new TurnWorkItem(this));
        else _transport.RequestTurn();
    }

    /// <summary>
    /// If a peer stops reading what is sent to it, its connection is not read either until half of that has gone. One that is closing sends
    /// nothing more, so there is nothing to wait for.
    /// </summary>
    private void PauseIfOutputFull()
    {
        if (IsOutputFull && _lifecycle.State == ConnectionState.Open) Pause(PauseReasons.OutputFull);
    }

    private void Pause(PauseReasons reason)
    {
        _pauses |= reason;
        if (!_receiver.IsStopped) _transport.PauseReading();
    }

    /// <summary>Receives again, unless something stands against it. What is only read to be dropped is read in any case.</summary>
    private void ResumeReading()
    {
        if (_pauses == PauseReasons.None || _receiver.IsStopped) _transport.ResumeReading();
    }

    private bool Has(PauseReasons reasons) => (_pauses & reasons) != 0;

    /// <summary>
    /// Sets aside the rest of what was received, and receives no more until it is read. To put its messages into the queue would be bounded
    /// neither by the queue's limit nor in time: one piece of input can hold a thousand messages that are each inflated to the largest size.
    /// </summary>
    private void Defer(ReadOnlySpan<byte> bytes)
    {
        byte[] buffer = _loop.Pool.Rent(bytes.Length);
        bytes.CopyTo(buffer);
        _deferred = new DeferredBytes(buffer, bytes.Length);
        Pause(PauseReasons.DeferredBytes);
    }

    private void ReadDeferred()
    {
        if (_deferred is not { } deferred) return;
        // Not there while it is read: whoever ends the connection meanwhile must not give the buffer back.
        _deferred = null;
        Span<byte> rest = Read(deferred.Span);
        if (rest.IsEmpty)
        {
            _pauses &= ~PauseReasons.DeferredBytes;
            _loop.Pool.Return(deferred.Buffer);
            return;
        }

        deferred.Keep(rest.Length);
        _deferred = deferred;
    }

    private void ReturnDeferred()
    {
        _pauses &= ~PauseReasons.DeferredBytes;
        if (_deferred is not { } deferred) return;
        _deferred = null;
        _loop.Pool.Return(deferred.Buffer);
    }

    private void OnProtocolError(ProtocolError error)
    {
        ProtocolErrorInfo info = ProtocolErrors.Describe(error);
        Log.ProtocolError(_loop.Server.Logger, Connection.Id, info.CloseCode, info.Section, info.Text);
        Fail(info.CloseCode, info.Text, EndCause.ProtocolError);
    }

    private void OnCloseReceived(ReadOnlySpan<byte> payload)
    {
        ClosePayload.Read(payload, out ushort code, out ReadOnlySpan<byte> reason);
        _closeReason = Encoding.UTF8.GetString(reason);
        NoteEnd(EndCause.PeerClosed);
        // Section 5.5.1: the answer repeats the code. Messages that wait for the handler still reach it.
        if (_lifecycle.OnReceived(code) == CloseAction.EchoThenEndTcp) SendCloseFrame(_lifecycle.EchoCode, "");
        EndTcp();
    }

    private sealed class TurnWorkItem(Session session) : LoopWorkItem
    {
        public override void Run() => session.OnTurn();
    }
}
