using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport.Tls;

/// <summary>
/// TLS by OpenSSL in the buffers of the loop. OpenSSL frees its own buffers when they are empty (SSL_MODE_RELEASE_BUFFERS), so an idle
/// connection owns none.
/// </summary>
internal sealed unsafe class OpenSslChannel(ITlsWire wire, TransportConnection connection, OpenSslLoop loop, OpenSslServer server)
    : TlsChannel(wire, connection, loop.Handshakes, server.MaxHandshakesPerLoop)
{
    /// <summary>
    /// How many bytes of TLS's own answers may wait for a peer that does not read. Only thousands of key updates can reach this.
    /// </summary>
    private const int MaxHeldBytes = 512 * 1024;

    private nint _ssl;

    protected override Span<byte> Input => Bio.Input;

    protected override ReadOnlyMemory<byte> PlainHttpAnswer => server.PlainHttpAnswer;

    private LoopBio Bio => loop.Bio;

    protected override bool IsResumed => OpenSsl.IsSessionReused(_ssl) != 0;

    public override TlsDetails? GetDetails() => IsEstablished ? PeerDetails.Read(_ssl) : null;

    protected override void StartSession() => _ssl = server.CreateSession(Bio.Bio);

    protected override void FreeSession()
    {
        if (_ssl == 0) return;
        OpenSsl.Free(_ssl);
        _ssl = 0;
    }

    protected override InputStatus Decrypt(int received, Span<byte> buffer, out int length)
    {
        length = 0;
        Bio.BeginInput(received);
        try
        {
            if (!IsEstablished && Shake() is var status and not InputStatus.Received) return status;
            return DecryptRecords(buffer, out length);
        }
        finally
        {
            Bio.DropInput();
        }
    }

    protected override int Encrypt(ReadOnlySpan<OutputSlice> slices)
    {
        int total = 0;
        int index = 0;
        int offset = 0;
        while (index < slices.Length)
        {
            OutputSlice slice = slices[index];
            int left = (int)slice.Length - offset;
            int count;
            if (left < MaxPlaintextBytes && index < slices.Length - 1)
            {
                // A record of any size costs half a microsecond and 22 bytes, which is more than copying 16 KiB.
                count = RecordFiller.Fill(slices, ref index, ref offset, loop.Record);
                fixed (byte* gathered = loop.Record)
                {
                    if (OpenSsl.Write(_ssl, gathered, count) != count) return -1;
                }
            }
            else
            {
                count = Math.Min(left, MaxPlaintextBytes);
                if (count > 0 && OpenSsl.Write(_ssl, slice.Start + offset, count) != count) return -1;
                offset += count;
                if (offset == (int)slice.Length) (index, offset) = (index + 1, 0);
            }

            total += count;
            if (!Bio.IsOutputFull) continue;
            FlushOutput();
            if (IsHolding || IsOutputBroken) break;
        }

        FlushOutput();
        return IsOutputBroken ? -1 : total;
    }

    protected override void EncryptEnd()
    {
        _ = OpenSsl.Shutdown(_ssl);
        OpenSsl.ClearErrors();
        FlushOutput();
    }

    /// <summary>Continues the handshake.</summary>
    /// <returns><see cref="InputStatus.Received"/>: it is over, and the rest of the input can be decrypted.</returns>
    private InputStatus Shake()
    {
        // Clear the error queue first, so that it then has only errors of these calls, not of other OpenSSL users on this thread.
        OpenSsl.ClearErrors();
        int result;
        while ((result = OpenSsl.DoHandshake(_ssl)) != 1 && OpenSsl.Want(_ssl) == OpenSsl.SSL_WRITING) FlushOutput();
        // OpenSSL asks for input even after a fatal alert.
        string? error = result != 1 && OpenSslFailure.IsFatal(_ssl) ? OpenSslFailure.Describe(_ssl) : null;
        // Send the next flight, or the alert if the handshake failed.
        FlushOutput();
        OnStep();
        if (error is not null) return Fail(error);
        if (result != 1) return InputStatus.Consumed;
        return PeerDetails.IsExpired(_ssl, server.TimeProvider.GetUtcNow())
            ? Fail("certificate verify failed: certificate has expired")
            : OnEstablished();
    }

    private InputStatus DecryptRecords(Span<byte> buffer, out int length)
    {
        length = 0;
        Bio.ExpectData();
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
                    // Do not ask again when there is nothing: that costs as much as a small message.
                    if (!Bio.IsInputEmpty || OpenSsl.HasPending(_ssl) != 0) continue;
                    break;
                }

                int want = OpenSsl.Want(_ssl);
                if (want == OpenSsl.SSL_WRITING) FlushOutput();
                else if (want == OpenSsl.SSL_READING && !OpenSslFailure.IsFatal(_ssl)) break;
                else return OnNothingRead(length);
            }
        }

        // Send OpenSSL's own messages, such as key updates (RFC 8446 section 4.6.3).
        FlushOutput();
        if (!Bio.IsInputEmpty) return Fail("the peer changes its keys without sending data");
        if (HeldBytes > MaxHeldBytes) return Fail("the peer does not read TLS's answers");
        return length > 0 ? InputStatus.Received : InputStatus.Consumed;
    }

    /// <summary>The peer has ended its side (close_notify), or something cannot be decrypted.</summary>
    private InputStatus OnNothingRead(int length)
    {
        // A fatal alert sets this flag too, but also leaves an error.
        bool hasEnded = (OpenSsl.GetShutdown(_ssl) & OpenSsl.SSL_RECEIVED_SHUTDOWN) != 0 && OpenSsl.PeekLastError() == 0;
        if (hasEnded) return length > 0 ? InputStatus.ReceivedLast : InputStatus.Ended;
        string error = OpenSslFailure.Describe(_ssl);
        FlushOutput();
        return Fail(error);
    }

    /// <summary>Sends the ciphertext in the loop's buffer: one system call for all records of a turn.</summary>
    private void FlushOutput()
    {
        if (Bio.OutputLength == 0) return;
        SendOrHold(new OutputSlice(Bio.Output, Bio.OutputLength));
        Bio.ClearOutput();
    }
}
