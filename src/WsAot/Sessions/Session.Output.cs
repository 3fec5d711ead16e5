using WsAot.Hosting;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;
using WsAot.Transport;

namespace WsAot.Sessions;

/// <summary>What goes out: frames to the transport, within limits.</summary>
internal sealed partial class Session
{
    private bool _isOutputBlocked;
    private byte[]? _latePong;
    private int _postedBytes;

    public int PendingOutputBytes => _transport.PendingBytes + Volatile.Read(ref _postedBytes);

    public SendResult Send(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (State != WsState.Open) return SendResult.Refused;
        if (!_loop.IsCurrent) return PostFrame(opcode, payload);
        // What waits is bounded before more is added: by the limit and one message.
        if (_transport.PendingBytes >= _settings.MaxPendingOutputBytes) return SendResult.Refused;
        return Write(opcode, payload);
    }

    /// <summary>Sends a frame that was made once for all subscribers of a topic. On the loop.</summary>
    public void SendPublished(byte[] frame)
    {
        if (State != WsState.Open) return;
        if (_transport.PendingBytes < _settings.MaxPendingOutputBytes) _transport.WriteShared(frame);
        else if (_settings.ClosesSlowConsumers) Close(CloseCode.PolicyViolation, "too slow for what is published");
    }

    public void OnOutputProgress()
    {
        NoteSignOfLife();
        int pending = _transport.PendingBytes;
        if (pending == 0 && _latePong is { } pong)
        {
            _latePong = null;
            if (_closing.State == ConnectionState.Open) Write(Opcode.Pong, pong);
        }

        if (!_isOutputBlocked || pending > _settings.MaxPendingOutputBytes / 2) return;
        _isOutputBlocked = false;
        DispatchWaiting();
    }

    private SendResult Write(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[FrameWriter.MaxHeaderLength];
        int length = FrameWriter.WriteHeader(header, opcode, payload.Length);
        return _transport.Write(header[..length], payload) switch
        {
            OutputStatus.Sent => SendResult.Sent,
            OutputStatus.Queued => SendResult.Queued,
            _ => SendResult.Refused,
        };
    }

    private void SendPong(ReadOnlySpan<byte> payload)
    {
        if (_closing.State != ConnectionState.Open) return;
        // Section 5.5.3: of several pings only the latest need be answered. A peer that pings and does not read makes one pong wait.
        if (_transport.PendingBytes > 0) _latePong = payload.ToArray();
        else Write(Opcode.Pong, payload);
    }

    private SendResult PostFrame(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        int length = payload.Length;
        if (Interlocked.Add(ref _postedBytes, length) - length + _transport.PendingBytes >= _settings.MaxPendingOutputBytes)
        {
            Interlocked.Add(ref _postedBytes, -length);
            return SendResult.Refused;
        }

        _loop.Post(new SendCall(this, opcode, payload.ToArray()));
        return SendResult.Queued;
    }

    private sealed class SendCall(Session session, Opcode opcode, byte[] payload) : LoopCall
    {
        public override void Run()
        {
            Interlocked.Add(ref session._postedBytes, -payload.Length);
            // The limit was kept when it was accepted; now only the end of the connection can stand in the way.
            if (session.State == WsState.Open) session.Write(opcode, payload);
        }
    }
}
