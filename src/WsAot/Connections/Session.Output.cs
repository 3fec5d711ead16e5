using System.Runtime.CompilerServices;
using WsAot.Loops;
using WsAot.Metrics;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot.Connections;

/// <summary>Output: writes frames to the transport, within limits.</summary>
internal sealed partial class Session
{
    /// <summary>The largest payload that is always copied. The transport may send a larger one without copying it.</summary>
    private const int MaxCopiedBytes = 4095;

    private int _postedBytes;

    // Whether outgoing messages are compressed or counted. Most are neither, and pay one check for both.
    private bool _hasOutputSteps;

    public int PendingOutputBytes => _transport.PendingBytes + Volatile.Read(ref _postedBytes) + Volatile.Read(ref _heldOutputBytes);

    /// <summary>
    /// Whether the output limit is reached: output that the peer has not read, plus answers that calls hold. Output that has not been
    /// offered to the kernel yet does not count: it leaves with the batch, and the transport bounds it.
    /// </summary>
    private bool IsOutputFull
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _transport.IsOutputBlocked && IsBlockedOutputFull;
    }

    // A separate method: it is seldom called, and inlined it would be most of the code of each message.
    private bool IsBlockedOutputFull
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => _transport.PendingBytes + _heldOutputBytes >= _settings.MaxPendingOutputBytes;
    }

    public SendResult Send(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (State != WsState.Open) return SendResult.Refused;
        if (!_loop.IsCurrent) return PostFrame(opcode, payload);
        // Checked before the message is added, so pending output is at most the limit plus one message.
        if (IsOutputFull) return RefuseFull();
        return WriteMessage(opcode, payload);
    }

    /// <summary>Sends a ping for the application. A ping is not a message, so the connection may still be idle.</summary>
    public SendResult SendPing(ReadOnlySpan<byte> payload)
    {
        if (State != WsState.Open) return SendResult.Refused;
        if (!_loop.IsCurrent) return PostFrame(Opcode.Ping, payload);
        return IsOutputFull ? RefuseFull() : Write(Opcode.Ping, payload);
    }

    public void OnOutputProgress()
    {
        _keepAlive.OnActivity(_loop.NowMs);
        int pending = _transport.PendingBytes;
        if (_extras is { LatePong: { } pong } extras && !IsOutputFull)
        {
            extras.LatePong = null;
            if (_lifecycle.State == ConnectionState.Open) Write(Opcode.Pong, pong);
        }

        if (_calls.Handler is IPendingCalls calls) calls.OnOutputProgress();
        ResumeCalls();
        if (pending > _settings.MaxPendingOutputBytes / 2) return;
        _calls.IsDropLogged = false;
        ResumeRecovery();
        Waiters?.Wake();
        if (!Has(PauseReasons.OutputFull) && !_calls.IsDrainedOwed) return;
        _pauses &= ~PauseReasons.OutputFull;
        RunTurn(static session => session.Pump());
    }

    /// <summary>
    /// Back-pressure: if a peer stops reading, the session stops reading from it until half of the output has been sent. A closing
    /// connection sends nothing more, so it does not wait.
    /// </summary>
    // Inlined, it would make the reading of each message save more registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PauseIfOutputFull()
    {
        if (!IsOutputFull || _lifecycle.State != ConnectionState.Open) return;
        NoteOutputFull();
        Pause(PauseReasons.OutputFull);
    }

    // Without this attribute the compiler does not inline it: half a dozen instructions for each delivery.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteShared(SharedFrame frame)
    {
        _keepAlive.OnMessageSent();
        if (_hasOutputSteps)
        {
            WriteSharedInSteps(frame);
            return;
        }

        // If the peer has ended its side, the transport takes no more output, though the session still handles the messages that wait.
        if (_transport.WriteShared(frame.Bytes) == OutputStatus.Refused)
        {
            _loop.Topics.OnMissed();
            return;
        }

        FrameCounts sent = _settings.Counters.Sent;
        sent.Add((int)frame.Opcode, frame.PayloadBytes);
    }

    private void WriteSharedInSteps(SharedFrame frame)
    {
        if (_compression is not { } compression || !compression.IsWorthwhile(frame.PayloadBytes))
        {
            TryWriteShared(frame, frame.Bytes);
        }
        else if (compression.IsShareable)
        {
            byte[] compressed = frame.CompressedFor(compression);
            if (TryWriteShared(frame, compressed)) _settings.Counters.CountDeflated(frame.PayloadBytes, compressed.Length);
        }
        else
        {
            _loop.Turn.Charge(frame.PayloadBytes / TurnCosts.DeflatedBytesPerUnit);
            if (Write(frame.Opcode, frame.Payload) == SendResult.Refused) _loop.Topics.OnMissed();
        }
    }

    private bool TryWriteShared(SharedFrame frame, byte[] bytes)
    {
        if (_transport.WriteShared(bytes) == OutputStatus.Refused)
        {
            _loop.Topics.OnMissed();
            return false;
        }

        CountSent(frame.PayloadBytes);
        _settings.Counters.Sent.Add((int)frame.Opcode, frame.PayloadBytes);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SendResult WriteMessage(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        _keepAlive.OnMessageSent();
        return Write(opcode, payload);
    }

    private SendResult Write(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        // The usual case first: nothing is pending, and the frame is written straight into the transport's buffer.
        if (!_hasOutputSteps && payload.Length <= MaxCopiedBytes)
        {
            int headerLength = FrameWriter.GetHeaderLength(payload.Length);
            if (_transport.TryReserve(headerLength + payload.Length, out Span<byte> room))
            {
                FrameWriter.WriteHeader(room, opcode, payload.Length);
                payload.CopyTo(room[headerLength..]);
                FrameCounts sent = _settings.Counters.Sent;
                sent.Add((int)opcode, payload.Length);
                return SendResult.Sent;
            }
        }

        return WriteAny(opcode, payload);
    }

    private SendResult WriteAny(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        int payloadBytes = payload.Length;
        bool isCompressed = _compression is { } compression && opcode < Opcode.Close && compression.IsWorthwhile(payload.Length);
        if (isCompressed) payload = _compression!.Deflate(payload);
        Span<byte> header = stackalloc byte[FrameWriter.MaxHeaderLength];
        int length = FrameWriter.WriteHeader(header, opcode, payload.Length, isCompressed: isCompressed);
        OutputStatus status = _transport.Write(header[..length], payload);
        if (isCompressed) _compression!.TrimDeflater();
        if (status != OutputStatus.Refused)
        {
            _settings.Counters.Sent.Add((int)opcode, payloadBytes);
            if (opcode < Opcode.Close) CountSent(payloadBytes);
            if (isCompressed) _settings.Counters.CountDeflated(payloadBytes, payload.Length);
        }

        return status switch
        {
            OutputStatus.Buffered => SendResult.Sent,
            OutputStatus.Queued => SendResult.Queued,
            _ => SendResult.Refused,
        };
    }

    private void SendPong(ReadOnlySpan<byte> payload)
    {
        if (_lifecycle.State != ConnectionState.Open) return;
        // Section 5.5.3: of several pings only the latest needs an answer. If a peer pings but does not read, one pong waits until the peer
        // has read some of the output. Waiting until it has read all of it could last forever.
        if (!_transport.IsOutputBlocked) Write(Opcode.Pong, payload);
        else if (_extras?.LatePong is { } pong && pong.Length == payload.Length) payload.CopyTo(pong);
        else Extras.LatePong = payload.ToArray();
    }

    // Inlined, it would make every call of Send save registers for it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private SendResult PostFrame(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        int length = FrameWriter.GetHeaderLength(payload.Length) + payload.Length;
        if (!TryReservePosted(length)) return RefusePosted();
        _loop.Post(new SendWorkItem(this, opcode, payload.ToArray(), length));
        return SendResult.Queued;
    }

    /// <summary>
    /// Tries to reserve room for output posted from another thread. The output counts as pending until <see cref="ReleasePosted"/>. Any
    /// thread.
    /// </summary>
    public bool TryReservePosted(int bytes)
    {
        Interlocked.Add(ref _postedBytes, bytes);
        if (PendingOutputBytes - bytes < _settings.MaxPendingOutputBytes) return true;
        ReleasePosted(bytes);
        return false;
    }

    public void ReleasePosted(int bytes) => Interlocked.Add(ref _postedBytes, -bytes);

    private sealed class SendWorkItem(Session session, Opcode opcode, byte[] payload, int frameLength) : LoopWorkItem
    {
        public override void Run()
        {
            session.ReleasePosted(frameLength);
            // The limit was checked when the message was accepted; only the end of the connection can stop it now.
            if (session.State != WsState.Open) return;
            if (opcode == Opcode.Ping) session.Write(opcode, payload);
            else session.WriteMessage(opcode, payload);
        }
    }
}
