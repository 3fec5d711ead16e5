using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport.Tls;

/// <summary>
/// The TLS of one connection, whichever library does the cryptography: its place among the handshakes of the loop, its state, and the
/// ciphertext that the kernel has refused.
/// </summary>
/// <param name="wire">The transport of the ciphertext.</param>
/// <param name="connection">The connection that it belongs to.</param>
/// <param name="handshakes">The handshakes of its loop.</param>
/// <param name="maxHandshakes">How many of them may be in progress.</param>
internal abstract unsafe class TlsChannel(ITlsWire wire, TransportConnection connection, TlsHandshakes handshakes, int maxHandshakes)
    : ITlsChannel
{
    /// <summary>What fits into a record (RFC 8446 section 5.1).</summary>
    public const int MaxPlaintextBytes = 16 * 1024;

    /// <summary>The type of the first record of a client (the same section).</summary>
    private const byte HandshakeRecord = 22;

    private OutputQueue? _held;
    private bool _hasInput;
    private bool _hasSentEnd;

    /// <summary>The state of the handshake.</summary>
    public TlsState State { get; private set; }

    /// <summary>When the client last sent something during its handshake, by the loop's clock.</summary>
    public long HeardAt { get; private set; }

    public int MaxHandshakes => maxHandshakes;

    public bool IsUnread { get; private set; }

    public bool IsEstablished => State == TlsState.Established;

    /// <summary>Whether the handshake has ended, or will never begin.</summary>
    public bool IsOver => State > TlsState.Handshake;

    public int HeldBytes => _held?.PendingBytes ?? 0;

    public ArraySegment<byte> NextHeld => _held!.First;

    /// <summary>Whether the kernel has refused ciphertext that has not been sent since.</summary>
    protected bool IsHolding => _held is not null;

    /// <summary>Whether the kernel will never take output again.</summary>
    protected bool IsOutputBroken { get; private set; }

    /// <summary>The buffer of the loop into which ciphertext is received.</summary>
    protected abstract Span<byte> Input { get; }

    public abstract TlsDetails? GetDetails();

    /// <summary>Takes its place among the handshakes of the loop.</summary>
    public void Start()
    {
        HeardAt = connection.Loop.Clock.Now;
        State = TlsState.Handshake;
        StartSession();
    }

    /// <summary>Receives ciphertext and decrypts it.</summary>
    /// <param name="buffer">Large enough for what the loop receives at a time, plus one record.</param>
    /// <param name="length">The number of bytes decrypted.</param>
    public InputStatus Receive(Span<byte> buffer, out int length)
    {
        length = 0;
        // Report nothing. If the connection is lost meanwhile, it ends without a handshake.
        if (IsUnread) return InputStatus.Nothing;
        if (!IsOver && !handshakes.TryBegin(this))
        {
            IsUnread = true;
            connection.OnTlsInterestChanged();
            return InputStatus.Nothing;
        }

        InputStatus status = wire.ReceiveCiphertext(Input, out int received);
        // A FIN without close_notify counts as an end, although an attacker could have sent it: the missing close frame of WebSocket, or
        // the content length of HTTP, shows that a message was cut short.
        if (status != InputStatus.Received) return status;
        if (State == TlsState.Failed) return InputStatus.Consumed;
        if (State == TlsState.Handshake)
        {
            if (!_hasInput && Input[0] != HandshakeRecord) return RefuseForeign(Input[0]);
            _hasInput = true;
            HeardAt = connection.Loop.Clock.Now;
        }

        return Decrypt(received, buffer, out length);
    }

    /// <summary>Encrypts and sends, as far as the kernel takes it; the rest of the last records is held.</summary>
    /// <returns>The bytes of plaintext taken; fewer than all: no more can be taken now; -1: never again.</returns>
    public int Send(ReadOnlySpan<OutputSlice> slices)
    {
        if (!IsEstablished) return IsOver ? -1 : 0;
        return IsHolding ? 0 : Encrypt(slices);
    }

    /// <summary>Continues the handshake, because its turn has come.</summary>
    public void Resume()
    {
        IsUnread = false;
        if (!IsOver) connection.ResumeReceiving();
    }

    /// <summary>Ends the handshake, because others wait for its place.</summary>
    public void GiveWay()
    {
        if (Fail("the handshake took too long, and others waited for its place") == InputStatus.Failed) connection.Close();
    }

    /// <summary>A turn of its handshake threw.</summary>
    public void OnException(Exception exception) => connection.Loop.OnException(exception, connection);

    public int SendHeld()
    {
        while (_held is { IsEmpty: false })
        {
            ArraySegment<byte> next = _held.First;
            int sent;
            fixed (byte* start = next.AsSpan()) sent = wire.SendCiphertext([new OutputSlice(start, next.Count)]);
            if (sent < 0)
            {
                IsOutputBroken = true;
                ReleaseHeld();
                return -1;
            }

            _held.Advance(sent);
            if (sent < next.Count) return 0;
        }

        ReleaseHeld();
        return 1;
    }

    public void OnSentInBackground(int bytes) => _held?.Advance(bytes);

    public void ReleaseHeld()
    {
        if (_held is not { } held || connection.IsQueueInUse) return;
        _held = null;
        if (!held.IsReusable) held.Clear();
        connection.Loop.ReturnQueue(held);
    }

    public bool SendEnd()
    {
        if (IsEstablished && !_hasSentEnd)
        {
            _hasSentEnd = true;
            EncryptEnd();
        }

        return !IsHolding;
    }

    public void Close(bool isAborted)
    {
        if (!isAborted && !IsHolding) SendEnd();
        End(TlsState.Closed);
    }

    /// <summary>Creates the session: the client has sent its first bytes.</summary>
    protected abstract void StartSession();

    /// <summary>Frees the session, if there is one.</summary>
    protected abstract void FreeSession();

    /// <summary>Continues the handshake, and decrypts what comes after it.</summary>
    /// <param name="received">The length of the ciphertext, at the start of <see cref="Input"/>.</param>
    /// <param name="buffer">Where to decrypt to.</param>
    /// <param name="length">The number of bytes decrypted.</param>
    protected abstract InputStatus Decrypt(int received, Span<byte> buffer, out int length);

    /// <summary>Encrypts and sends. Only while the connection is established, and nothing is held.</summary>
    /// <returns>As for <see cref="Send"/>.</returns>
    protected abstract int Encrypt(ReadOnlySpan<OutputSlice> slices);

    /// <summary>Whether the handshake that has just ended resumed an earlier session.</summary>
    protected abstract bool IsResumed { get; }

    /// <summary>Encrypts and sends close_notify.</summary>
    protected abstract void EncryptEnd();

    /// <summary>A step of the handshake has ended: charges its time, so that others get their share.</summary>
    protected void OnStep() => handshakes.Charge(HeardAt);

    /// <summary>The handshake is over.</summary>
    /// <returns><see cref="InputStatus.Received"/> to continue; any other status is what <see cref="Decrypt"/> must return.</returns>
    protected InputStatus OnEstablished()
    {
        State = TlsState.Established;
        handshakes.OnEnded();
        connection.Loop.TlsHandshakes++;
        if (IsResumed) connection.Loop.TlsResumptions++;
        connection.OnTlsEstablished();
        return connection.IsClosed ? InputStatus.Consumed : InputStatus.Received;
    }

    /// <summary>Sends ciphertext, and holds what the kernel refuses.</summary>
    protected void SendOrHold(OutputSlice ciphertext)
    {
        if (IsOutputBroken) return;
        ReadOnlySpan<OutputSlice> output = [ciphertext];
        int sent = IsHolding ? 0 : wire.SendCiphertext(output);
        IsOutputBroken = sent < 0;
        if (IsOutputBroken || sent == (int)ciphertext.Length) return;
        bool isFirst = !IsHolding;
        _held ??= connection.Loop.RentQueue();
        _held.AppendUnsent(output, sent);
        if (isFirst) connection.OnCiphertextHeld();
    }

    /// <summary>Ends TLS, and tells the owner.</summary>
    protected InputStatus Fail(string reason)
    {
        End(TlsState.Failed);
        return connection.OnTlsFailed(reason) ? InputStatus.Consumed : InputStatus.Failed;
    }

    /// <summary>The answer to a client that speaks plain HTTP.</summary>
    protected abstract ReadOnlyMemory<byte> PlainHttpAnswer { get; }

    /// <summary>Refuses input that is not TLS. A client that speaks plain HTTP gets an answer that it can read.</summary>
    private InputStatus RefuseForeign(byte first)
    {
        if (!char.IsAsciiLetterUpper((char)first)) return Fail("the client does not speak TLS");
        fixed (byte* answer = PlainHttpAnswer.Span)
        {
            // The kernel takes it whole: nothing was sent before.
            _ = wire.SendCiphertext([new OutputSlice(answer, PlainHttpAnswer.Length)]);
        }

        return Fail("the client speaks plain HTTP on a TLS port");
    }

    private void End(TlsState state)
    {
        if (State == TlsState.Handshake) handshakes.OnEnded();
        State = state;
        FreeSession();
        ReleaseHeld();
    }
}
