using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport.Tls;

/// <summary>
/// The TLS of one connection: its handshake, and what is decrypted and encrypted in the buffers of its loop. OpenSSL gives its own buffers
/// back while it has nothing in them (SSL_MODE_RELEASE_BUFFERS), so an idle connection owns none. <c>TlsChannel.Output.cs</c> is the other
/// direction.
/// </summary>
internal sealed unsafe partial class TlsChannel(ITlsWire wire, TransportConnection connection, TlsLoop loop, OpenSslServer server)
    : ITlsChannel
{
    /// <summary>The type of the first record of a client (RFC 8446 section 5.1).</summary>
    private const byte HandshakeRecord = 22;

    private nint _ssl;
    private OutputQueue? _held;         // ciphertext that the kernel has refused
    private bool _isUnread;             // until it is its turn
    private bool _hasInput;
    private bool _hasSentEnd;
    private bool _isOutputBroken;

    public TlsState State { get; private set; }

    /// <summary>When a handshake was last heard of, by the clock of the loop.</summary>
    public long HeardAt { get; private set; }

    /// <summary>Whether there will be no handshake any more.</summary>
    public bool IsOver => State > TlsState.Handshake;

    /// <summary>Whether input must wait for the handshakes of others.</summary>
    public bool IsUnread => _isUnread;

    public int MaxHandshakes => server.MaxHandshakesPerLoop;

    private LoopBio Bio => loop.Bio;

    /// <summary>Takes its place among the handshakes of the loop.</summary>
    public void Start()
    {
        HeardAt = connection.Loop.Clock.Now;
        State = TlsState.Handshake;
        _ssl = server.CreateSession(Bio.Bio);
    }

    /// <summary>Receives ciphertext and decrypts it.</summary>
    /// <param name="buffer">Holds what the loop receives at a time, and a record more.</param>
    /// <param name="length">The number of bytes decrypted.</param>
    public InputStatus Receive(Span<byte> buffer, out int length)
    {
        length = 0;
        // Nothing: should the connection be lost meanwhile, it ends without a handshake.
        if (_isUnread) return InputStatus.Nothing;
        if (!IsOver && !loop.Handshakes.TryBegin(this, MaxHandshakes))
        {
            _isUnread = true;
            wire.OnTlsInterestChanged();
            return InputStatus.Nothing;
        }

        InputStatus status = wire.ReceiveCiphertext(Bio.Input, out int received);
        // A FIN without close_notify may be the work of somebody else. Whoever must know has an end of its own: WebSocket's close frame,
        // HTTP's content length.
        if (status != InputStatus.Received) return status;
        if (State == TlsState.Failed) return InputStatus.Consumed;
        Bio.BeginInput(received);
        try
        {
            if (State == TlsState.Handshake && (status = Shake()) != InputStatus.Received) return status;
            return Decrypt(buffer, out length);
        }
        finally
        {
            Bio.DropInput();
        }
    }

    /// <summary>It is its turn among the handshakes.</summary>
    public void Resume()
    {
        _isUnread = false;
        if (!IsOver) wire.ResumeHandshake();
    }

    /// <summary>Ends the handshake: others have waited for its place.</summary>
    public void GiveWay()
    {
        if (Fail("it was not over in time, and others waited for its place") == InputStatus.Failed) connection.Close();
    }

    public void OnException(Exception exception) => connection.Loop.OnException(exception, connection);

    /// <summary>What the handshake has agreed on; null unless it is over.</summary>
    public TlsDetails? GetDetails() => State == TlsState.Established ? PeerDetails.Read(_ssl) : null;

    /// <summary>The connection is closed.</summary>
    /// <param name="isAborted">Whether it is reset, so that the peer need not be told.</param>
    public void Close(bool isAborted)
    {
        if (State == TlsState.Established && !isAborted && _held is null) SendEnd();
        End(TlsState.Closed);
    }

    /// <summary>Goes on with the handshake.</summary>
    /// <returns><see cref="InputStatus.Received"/>: it is over, and the rest of the input can be decrypted.</returns>
    private InputStatus Shake()
    {
        if (!_hasInput)
        {
            _hasInput = true;
            if (Bio.Input[0] != HandshakeRecord) return RefuseForeign(Bio.Input[0]);
        }

        HeardAt = connection.Loop.Clock.Now;
        int result;
        OpenSsl.ClearErrors();
        while ((result = OpenSsl.DoHandshake(_ssl)) != 1 && OpenSsl.Want(_ssl) == OpenSsl.SSL_WRITING) FlushOutput();
        // OpenSSL wants to read even after an alert that has ended everything.
        string? error = result != 1 && TlsFailure.IsFatal(_ssl) ? TlsFailure.Describe(_ssl) : null;
        // The next flight; or the alert, if it failed.
        FlushOutput();
        loop.Handshakes.Charge(HeardAt);
        if (error is not null) return Fail(error);
        if (result != 1) return InputStatus.Consumed;
        if (PeerDetails.IsExpired(_ssl)) return Fail("certificate verify failed: certificate has expired");
        State = TlsState.Established;
        loop.Handshakes.OnEnded();
        wire.OnTlsEstablished();
        return connection.IsClosed ? InputStatus.Consumed : InputStatus.Received;
    }

    /// <summary>Refuses what is no TLS. Who speaks plain HTTP gets an answer that can be read.</summary>
    private InputStatus RefuseForeign(byte first)
    {
        if (!char.IsAsciiLetterUpper((char)first)) return Fail("what came is not TLS");
        fixed (byte* answer = server.PlainHttpAnswer.Span)
        {
            // The kernel takes it whole: nothing was sent before.
            _ = wire.SendCiphertext([new OutputSlice(answer, server.PlainHttpAnswer.Length)]);
        }

        return Fail("the client speaks plain HTTP where TLS is spoken");
    }

    private InputStatus Decrypt(Span<byte> buffer, out int length)
    {
        length = 0;
        Bio.ExpectData();
        // What is in the queue afterwards comes from these calls, and not from others who use OpenSSL on this thread.
        OpenSsl.ClearErrors();
        fixed (byte* start = buffer)
        {
            while (true)
            {
                int read = OpenSsl.Read(_ssl, start + length, buffer.Length - length);
                if (read > 0)
                {
                    length += read;
                    Bio.ExpectData();
                    // Asking once more, only to hear that there is nothing, would cost as much as a small message.
                    if (!Bio.IsInputEmpty || OpenSsl.HasPending(_ssl) != 0) continue;
                    break;
                }

                int want = OpenSsl.Want(_ssl);
                if (want == OpenSsl.SSL_WRITING) FlushOutput();
                else if (want == OpenSsl.SSL_READING && !TlsFailure.IsFatal(_ssl)) break;
                else return OnNothingRead(length);
            }
        }

        // What OpenSSL itself had to say, such as its new keys (RFC 8446 section 4.6.3).
        if (Bio.OutputLength > 0) FlushOutput();
        if (!Bio.IsInputEmpty) return Fail("the peer changes its keys, and sends nothing");
        if (HeldBytes > MaxHeldBytes) return Fail("the peer has TLS answer, and does not read");
        return length > 0 ? InputStatus.Received : InputStatus.Consumed;
    }

    /// <summary>The peer has ended its side (close_notify), or something cannot be decrypted.</summary>
    private InputStatus OnNothingRead(int length)
    {
        // An alert that ends everything says so as well, but has left an error.
        bool hasEnded = (OpenSsl.GetShutdown(_ssl) & OpenSsl.SSL_RECEIVED_SHUTDOWN) != 0 && OpenSsl.PeekLastError() == 0;
        if (hasEnded) return length > 0 ? InputStatus.ReceivedLast : InputStatus.Ended;

        string error = TlsFailure.Describe(_ssl);
        FlushOutput();
        return Fail(error);
    }

    private InputStatus Fail(string reason)
    {
        End(TlsState.Failed);
        return wire.OnTlsFailed(reason) ? InputStatus.Consumed : InputStatus.Failed;
    }

    private void End(TlsState state)
    {
        if (State == TlsState.Handshake) loop.Handshakes.OnEnded();
        State = state;
        ReleaseHeld();
        if (_ssl == 0) return;
        OpenSsl.Free(_ssl);
        _ssl = 0;
    }
}
