using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using WsAot.Loops;
using WsAot.Metrics;
using WsAot.Protocol;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;

namespace WsAot.Connections;

/// <summary>Input: turns received bytes into events, and decides when reading has to wait.</summary>
internal sealed partial class Session
{
    /// <summary>An uncompressed message is charged for a quarter of its bytes.</summary>
    private const int UncompressedShare = 4;

    private PauseReasons _pauses;

    private MessageQueue? Queue => _extras?.Queue;

    /// <summary>
    /// Whether messages must be queued. Reasons: the handler is busy, messages are queued already, the output limit is reached, pending
    /// calls hold as much as they may, or messages that the connection published have not been delivered.
    /// </summary>
    /// <param name="orCounted"><see cref="PauseReasons.Counted"/> to include it in the same check, or nothing.</param>
    // Without this attribute the compiler does not inline it: 18 instructions for each message.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MustQueue(PauseReasons orCounted = PauseReasons.None) =>
        _calls.IsBusy || Queue is not null || Has(PauseReasons.HoldsMessages | orCounted);

    public void OnReceived(Span<byte> bytes)
    {
        Debug.Assert(_extras?.Deferred is null, "Nothing is received while bytes are deferred.");
        long nowMs = _loop.NowMs;
        _keepAlive.OnActivity(nowMs);
        if (nowMs >= _loop.NextSampleMs) _pauses |= PauseReasons.Counted;
        _loop.Turn.Begin();
        if (_settings.IsAsynchronous) ReceiveInContext(bytes);
        else Receive(bytes);
    }

    public void OnTurn()
    {
        // These bytes were received earlier. While they waited, the server could not hear the peer.
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

    // The transport closes the connection now, which ends it like a reset.
    public void OnTlsFailed(string reason) => LogTlsFailed(reason);

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
        ReceiverPool pool = _loop.Receivers;
        LoopTurn turn = _loop.Turn;
        FrameCounts received = _settings.Counters.Received;
        while (true)
        {
            ReceiveStatus status = _receiver.Read(ref bytes, limits, pool, out ReadOnlySpan<byte> payload, inflater);
            switch (status)
            {
                case ReceiveStatus.Text or ReceiveStatus.Binary:
                    received.Add((int)status, payload.Length);
                    OnMessage(status, payload);
                    break;
                case ReceiveStatus.Ping:
                    OnPing(payload);
                    break;
                case ReceiveStatus.Pong:
                    OnPong(payload);
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

            // The loop's receive buffer bounds uncompressed messages too, but a handler may take long over each one.
            turn.ChargeMessage(inflater is null ? payload.Length / UncompressedShare : payload.Length);
            if (inflater is not null) inflater = OnInflated(inflater, payload.Length);
            if (bytes.IsEmpty)
            {
                // Usually the input was whole messages, and nothing has to be kept.
                if (_receiver.IsIdle) return default;
            }
            else if ((turn.IsSpent || Has(PauseReasons.QueueFull | PauseReasons.RateLimited)) && !_receiver.IsStopped)
            {
                // The payload has been copied, so the inflater's buffer is not needed while the connection waits.
                inflater?.Trim();
                return bytes;
            }
        }
    }

    // Without this attribute the compiler does not inline it: a dozen instructions for each message.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OnMessage(ReceiveStatus kind, ReadOnlySpan<byte> payload)
    {
        // Messages after our close frame cannot be answered, so they are dropped.
        if (_lifecycle.State != ConnectionState.Open) return;
        // A pong may answer our own ping: it shows that the peer is alive, but not that the connection is in use.
        if (kind != ReceiveStatus.Pong) _keepAlive.OnMessage();
        if (MustQueue(PauseReasons.Counted) || IsOutputFull)
        {
            CountAndEnqueue(kind, payload);
            return;
        }

        Dispatch(kind, payload);
        if (_transport.IsOutputBlocked) PauseIfOutputFull();
    }

    private void OnPing(ReadOnlySpan<byte> payload)
    {
        _settings.Counters.Received.Add((int)ReceiveStatus.Ping, payload.Length);
        if (Has(PauseReasons.Counted)) ChargeRate(ReceiveStatus.Ping, payload.Length);
        SendPong(payload);
    }

    private void OnPong(ReadOnlySpan<byte> payload)
    {
        _settings.Counters.Received.Add((int)ReceiveStatus.Pong, payload.Length);
        if (Has(PauseReasons.Counted)) ChargeRate(ReceiveStatus.Pong, payload.Length);
        if (_settings.Takes(ReceiveStatus.Pong)) OnMessage(ReceiveStatus.Pong, payload);
    }

    private void CountAndEnqueue(ReceiveStatus kind, ReadOnlySpan<byte> payload)
    {
        bool isCounted = Has(PauseReasons.Counted);
        if (isCounted && !Count(kind, payload)) return;
        if (MustQueue() || IsOutputFull)
        {
            Enqueue(kind, payload);
            return;
        }

        if (isCounted && _loop.NowMs >= _loop.NextSampleMs) DispatchTimed(kind, payload);
        else Dispatch(kind, payload);
        PauseIfOutputFull();
    }

    /// <returns>False if the message exceeds the peer's rate and is dropped.</returns>
    private bool Count(ReceiveStatus kind, ReadOnlySpan<byte> payload)
    {
        // If neither is set, the flag was only there for the sample.
        if (_extras?.Counters is null && _settings.Rates is null) _pauses &= ~PauseReasons.Counted;
        if (kind == ReceiveStatus.Pong) return true;
        _extras?.Counters?.OnReceived(payload.Length);
        return ChargeRate(kind, payload.Length);
    }

    private void Enqueue(ReceiveStatus kind, ReadOnlySpan<byte> payload)
    {
        if (kind == ReceiveStatus.Text && _calls.Handler is IPendingCalls calls && calls.TryTakeAhead(payload)) return;
        PauseIfOutputFull();
        MessageQueue queue = Extras.Queue ??= new MessageQueue(_loop.Pool);
        queue.Enqueue(kind, payload);
        if (queue.PendingBytes >= MaxQueuedBytes) Pause(PauseReasons.QueueFull);
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
        CloseReason = Encoding.UTF8.GetString(reason);
        NoteEnd(EndCause.PeerClosed);
        // Section 5.5.1: the answer repeats the code. Queued messages still reach the handler.
        if (_lifecycle.OnReceived(code) == CloseAction.EchoThenEndTcp) SendCloseFrame(_lifecycle.EchoCode, "");
        EndTcp();
    }
}
