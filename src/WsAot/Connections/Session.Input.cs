using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using WsAot.Loops;
using WsAot.Protocol;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;
using WsAot.Routing;

namespace WsAot.Connections;

/// <summary>Input: turns received bytes into events, and decides when reading has to wait.</summary>
internal sealed partial class Session
{
    /// <summary>The part of its bytes for which an uncompressed message is charged.</summary>
    private const int UncompressedShare = 4;

    private MessageQueue? _queue;
    private DeferredBytes? _deferred;
    private PauseReasons _pauses;

    /// <summary>
    /// Whether messages must be queued: the handler is busy, messages are queued already, the output limit is reached, pending calls hold
    /// as much as they may, or what the connection published has not been delivered.
    /// </summary>
    private bool MustQueue
    {
        // Left to itself, the compiler calls it: 18 instructions for each message.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _calls.IsBusy || _queue is not null || Has(PauseReasons.HoldsMessages);
    }

    public void OnReceived(Span<byte> bytes)
    {
        Debug.Assert(_deferred is null, "Nothing is received while bytes are deferred.");
        _keepAlive.OnActivity(_loop.NowMs);
        _loop.Turn.Begin();
        if (_settings.IsAsynchronous) ReceiveInContext(bytes);
        else Receive(bytes);
    }

    public void OnTurn()
    {
        // What is read now was received before: while it waited, the peer could not be heard.
        if (Has(PauseReasons.TurnPending)) _keepAlive.OnActivity(_loop.NowMs);
        _pauses &= ~PauseReasons.TurnPending;
        RunTurn(static session => session.Pump());
    }

    public void OnPeerShutdown()
    {
        // A FIN without a close frame is not a clean close (section 7.1.5); pending output is still sent.
        NoteEnd(EndCause.PeerShutdown);
        EndTcp();
    }

    private void ReceiveInContext(Span<byte> bytes)
    {
        SynchronizationContext? context = EnterContext();
        try
        {
            Receive(bytes);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void Receive(Span<byte> bytes)
    {
        Span<byte> rest = Read(bytes);
        if (rest.IsEmpty) return;
        Defer(rest);
        if (_loop.Turn.IsSpent) RequestTurn();
    }

    /// <summary>Reads messages until the input is used up or the connection must stop reading.</summary>
    /// <returns>The bytes not read.</returns>
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
                case ReceiveStatus.Inflating:
                    OnPartInflated(limits);
                    return bytes;
                case ReceiveStatus.Error:
                    OnProtocolError(_receiver.Error);
                    return default;
                default:
                    return default;
            }

            // Uncompressed messages are bounded by the loop's receive buffer too, but a handler may take long over each.
            turn.ChargeMessage(inflater is null ? payload.Length / UncompressedShare : payload.Length);
            if (inflater is not null) inflater = OnInflated();
            if (bytes.IsEmpty)
            {
                // Usually the input was whole messages, and nothing of it is kept.
                if (_receiver.IsIdle) return default;
            }
            else if ((turn.IsSpent || Has(PauseReasons.QueueFull)) && !_receiver.IsStopped)
            {
                // The payload has been copied, so the inflater's buffer need not be kept while the connection waits.
                inflater?.Trim();
                return bytes;
            }
        }
    }

    private void OnMessage(ReceiveStatus kind, ReadOnlySpan<byte> payload)
    {
        // After our close frame, messages cannot be answered; they are dropped.
        if (_lifecycle.State != ConnectionState.Open) return;
        // A pong may answer our own ping: it shows that the peer is alive, but not that the connection is in use.
        if (kind != ReceiveStatus.Pong)
        {
            _keepAlive.OnMessage();
            if (_extras is not null) CountReceived(payload.Length);
        }

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
        if (kind == ReceiveStatus.Text && _calls.Handler is IPendingCalls calls && calls.TryTakeAhead(payload)) return;
        PauseIfOutputFull();
        (_queue ??= new MessageQueue(_loop.Pool)).Enqueue(kind, payload);
        if (_queue.PendingBytes >= MaxQueuedBytes) Pause(PauseReasons.QueueFull);
    }

    /// <summary>
    /// Resumes a connection that had to wait: handles queued messages, then reads deferred bytes, then receives again, until something
    /// makes it wait once more. Runs in a turn of this session.
    /// </summary>
    private void Pump()
    {
        LoopTurn turn = _loop.Turn;
        Debug.Assert(ReferenceEquals(turn.Current, this), "A session handles what waits in its own turn only.");
        CallOnDrained();
        DispatchQueued();
        Waiters?.OnTurn();
        // A message that is being inflated is finished whatever holds the next ones: others wait for it.
        if (_receiver.IsInflating && !Has(PauseReasons.InflationWait) && !turn.IsSpent) Read(default);
        if (!_receiver.IsInflating && !Has(PauseReasons.HoldsReading) && !turn.IsSpent) ReadDeferred();
        if (_calls.Handler is IPendingCalls calls) calls.OnTurn();
        bool mustInflate = _receiver.IsInflating && !Has(PauseReasons.InflationWait);
        if (turn.IsSpent && (mustInflate || _deferred is not null || _queue is not null)) RequestTurn();
        ResumeReading();
        if (State != WsState.Closed || _calls.IsBusy || _queue is not null || HasPendingCalls) return;
        CallOnClose();
        if (!_calls.IsBusy) DisposeHandler();
        if (!_calls.IsBusy) EndServices();
    }

    private void DispatchQueued()
    {
        // After an await, the handler may have filled the output.
        PauseIfOutputFull();
        while (_queue is { IsEmpty: false } queue && !_loop.Turn.IsSpent
            && !_calls.IsBusy && !Has(PauseReasons.HoldsMessages))
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

        if (_queue is null || _queue.PendingBytes <= MaxQueuedBytes / 2) _pauses &= ~PauseReasons.QueueFull;
    }

    /// <summary>Leaves the rest for the next batch, so that the other connections of the loop get their turns first.</summary>
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

    /// <summary>Receives again unless a pause reason is left. A stopped receiver drops its input, so it always receives.</summary>
    private void ResumeReading()
    {
        if ((_pauses & ~PauseReasons.CallsFull) == PauseReasons.None || _receiver.IsStopped) _transport.ResumeReading();
    }

    private bool Has(PauseReasons reasons) => (_pauses & reasons) != 0;

    /// <summary>
    /// Sets aside the rest of the input, and receives no more until it has been read. Queueing its messages instead would be bounded
    /// neither by the queue's limit nor in time: one input can hold a thousand messages that each inflate to the largest size.
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
        // Cleared while it is read: if the connection ends meanwhile, the buffer must not be returned twice.
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
        string text = ProtocolErrors.Explain(error, _settings.ReceiveLimits);
        string? option = error switch
        {
            ProtocolError.MessageTooBig => "--max-message-bytes",
            ProtocolError.TooManyFragments => "--max-fragments",
            _ => null,
        };
        LogEnd($"{text} Closed with {info.CloseCode} ({info.Section})", option);
        Fail(info.CloseCode, text, EndCause.ProtocolError);
    }

    private void OnCloseReceived(ReadOnlySpan<byte> payload)
    {
        ClosePayload.Read(payload, out ushort code, out ReadOnlySpan<byte> reason);
        _closeReason = Encoding.UTF8.GetString(reason);
        NoteEnd(EndCause.PeerClosed);
        // Section 5.5.1: the answer repeats the code. Queued messages still reach the handler.
        if (_lifecycle.OnReceived(code) == CloseAction.EchoThenEndTcp) SendCloseFrame(_lifecycle.EchoCode, "");
        EndTcp();
    }

    private sealed class TurnWorkItem(Session session) : LoopWorkItem
    {
        public override void Run() => session.OnTurn();
    }
}
