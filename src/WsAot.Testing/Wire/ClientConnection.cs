using System.Text;
using WsAot.Protocol;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;
using WsAot.Testing.Running;
using WsAot.Transport.InMemory;

namespace WsAot.Testing.Wire;

/// <summary>
/// A client's open connection: the unread messages, and the automatic answers of a client. Used within the lock of the pump.
/// </summary>
internal sealed class ClientConnection : IServed
{
    /// <summary>
    /// A client with this much unread data stops reading, as a browser would at some point, so that an endless stream does not fill the
    /// memory. Each message counts as its payload and <see cref="LeastBytes"/>.
    /// </summary>
    private const int MaxUnreadBytes = 4 * 1024 * 1024;

    private const int LeastBytes = 1024;

    private readonly InMemoryPeer _peer;
    private readonly Pump _pump;
    private readonly FrameInput _input;
    private readonly ClientCompression? _compression;
    private int _unreadBytes;
    private bool _isMarked;
    private bool _isShut;

    public ClientConnection(InMemoryPeer peer, Pump pump, byte[] first, ClientCompression? compression)
    {
        (_peer, _pump, _compression) = (peer, pump, compression);
        _input = new FrameInput(peer, first, compression);
        Output = new FrameOutput(peer);
        peer.ServerActed = MarkReady;
    }

    public FrameOutput Output { get; }

    public Queue<WsTestMessage> Messages { get; } = new();

    public Queue<byte[]> Pings { get; } = new();

    public Queue<byte[]> Pongs { get; } = new();

    public bool IsCompressed => _compression is not null;

    public bool AnswersPings { get; set; } = true;

    public bool AnswersClose { get; set; } = true;

    /// <summary>Gets each message before it is queued, and can take it; null if there is no taker.</summary>
    public Func<WsTestMessage, bool>? Taker { get; set; }

    public bool IsReadingStopped { get; private set; }

    /// <summary>The code and reason of the server's close frame; null if none has come.</summary>
    public (ushort Code, string Reason)? ServerClose { get; private set; }

    /// <summary>Whether the server has ended the TCP connection, and everything before that was read.</summary>
    public bool IsEnded { get; private set; }

    public bool HasSentClose { get; private set; }

    /// <summary>How the connection has ended, as the client sees it; null if it has not.</summary>
    public WsClose? Close => !IsEnded && ServerClose is null ? null
        : ServerClose is { } close ? new WsClose(close.Code, close.Reason, HasSentClose && !_peer.IsReset)
        : new WsClose(CloseCode.AbnormalClosure, "", false);

    /// <summary>Sends a message in one frame or several.</summary>
    public void SendMessage(Opcode opcode, ReadOnlySpan<byte> payload, ReadOnlySpan<int> lengths)
    {
        ReadOnlySpan<byte> rest = IsCompressed ? _compression!.Deflate(payload) : payload;
        for (int i = 0; i < lengths.Length - 1; i++)
        {
            int length = Math.Min(lengths[i], rest.Length);
            Output.Send(i == 0 ? opcode : Opcode.Continuation, rest[..length], isFinal: false, IsCompressed && i == 0);
            rest = rest[length..];
        }

        Output.Send(lengths.Length > 1 ? Opcode.Continuation : opcode, rest, isFinal: true, IsCompressed && lengths.Length <= 1);
    }

    public void SendClose(ushort code, string reason)
    {
        Span<byte> payload = stackalloc byte[2 + ClosePayload.MaxReasonBytes];
        int length = ClosePayload.Write(payload, code, reason);
        Output.Send(Opcode.Close, payload[..length]);
        HasSentClose = true;
    }

    public void Shutdown()
    {
        _isShut = true;
        _peer.Shutdown();
    }

    public void StopReading() => IsReadingStopped = true;

    public void ResumeReading()
    {
        IsReadingStopped = false;
        MarkReady();
    }

    /// <summary>Called when the test has read something, so that there may be room for more.</summary>
    public void OnRead(int bytes)
    {
        _unreadBytes -= LeastBytes + bytes;
        if (_unreadBytes < MaxUnreadBytes && _input.HasBytes) MarkReady();
    }

    /// <summary>Called when something is kept for the test to read.</summary>
    public void OnKept(int bytes) => _unreadBytes += LeastBytes + bytes;

    public bool Serve()
    {
        _isMarked = false;
        bool isBusy = false;
        while (!IsReadingStopped && _unreadBytes < MaxUnreadBytes && _input.Read() is { } frame)
        {
            isBusy = true;
            Take(frame);
        }

        if (IsReadingStopped || IsEnded || !(_peer.IsServerShut || _peer.IsClosed) || _unreadBytes >= MaxUnreadBytes) return isBusy;
        IsEnded = true;
        if (AnswersClose && !_isShut) Shutdown();
        return true;
    }

    public void DisposeCompression() => _compression?.Dispose();

    private void MarkReady()
    {
        if (_isMarked) return;
        _isMarked = true;
        _pump.MarkReady(this);
    }

    private void Take(ServerFrame frame)
    {
        switch (frame.Opcode)
        {
            case Opcode.Ping:
                Pings.Enqueue(frame.Payload);
                if (AnswersPings && !HasSentClose) Output.Send(Opcode.Pong, frame.Payload);
                break;
            case Opcode.Pong:
                Pongs.Enqueue(frame.Payload);
                break;
            case Opcode.Close:
                TakeClose(frame.Payload);
                break;
            default:
                if (ServerClose is not null) throw new WsTestException("The server sent a message after its close frame.");
                var message = new WsTestMessage(frame.Opcode == Opcode.Text, frame.Payload);
                if (Taker is not null && Taker(message)) break;
                OnKept(frame.Payload.Length);
                Messages.Enqueue(message);
                break;
        }
    }

    private void TakeClose(byte[] payload)
    {
        ProtocolError error = ClosePayload.Read(payload, out ushort code, out ReadOnlySpan<byte> reason);
        if (error != ProtocolError.None) throw new WsTestException("The server sent an invalid close frame.");
        ServerClose = (code, Encoding.UTF8.GetString(reason));
        // Section 5.5.1: the answer usually echoes the received code.
        if (AnswersClose && !HasSentClose) SendClose(code, "");
    }
}
