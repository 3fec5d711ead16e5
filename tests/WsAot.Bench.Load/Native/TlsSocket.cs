using System.Runtime.InteropServices;

namespace WsAot.Bench.Load.Native;

/// <summary>A connection with TLS. Each send is one record, up to 16 KiB.</summary>
internal sealed unsafe class TlsSocket : ClientSocket
{
    /// <summary>As many bytes as fit into the loop's buffer after decryption, together with a record of which a part came before.</summary>
    public const int CiphertextBytes = 192 * 1024;

    // The client's buffer, shared by all its sockets: nothing stays in it between two calls.
    private readonly byte* _ciphertext;
    private readonly nint _ssl;
    private readonly nint _input = OpenSsl.BioNew(OpenSsl.MemoryBioMethod());
    private readonly nint _output = OpenSsl.BioNew(OpenSsl.MemoryBioMethod());

    /// <param name="ciphertext">A buffer of <see cref="CiphertextBytes"/>, used by one thread.</param>
    public TlsSocket(int port, nint context, nint session, byte* ciphertext)
        : base(port)
    {
        _ciphertext = ciphertext;
        _ssl = OpenSsl.New(context);
        OpenSsl.SetBio(_ssl, _input, _output);
        fixed (byte* name = "localhost\0"u8) OpenSsl.Control(_ssl, OpenSsl.SSL_CTRL_SET_TLSEXT_HOSTNAME, 0, name);
        if (session != 0) _ = OpenSsl.SetSession(_ssl, session);
        while (OpenSsl.Connect(_ssl) != 1)
        {
            ThrowIfFailed();
            Flush(0);
            if (!ReceiveCiphertext(0)) throw new LoadException("The server does not answer the TLS handshake.");
        }
    }

    /// <summary>Whether the server took the ticket that was offered.</summary>
    public bool IsResumed => OpenSsl.IsSessionReused(_ssl) == 1;

    // Whether there is received ciphertext, or plaintext of a record that was read in part.
    private bool HasInput =>
        OpenSsl.BioControl(_input, OpenSsl.BIO_CTRL_PENDING, 0, null) > 0 || OpenSsl.HasPending(_ssl) == 1;

    public override bool FlushNow() => Flush(LibC.MSG_DONTWAIT);

    /// <summary>
    /// Sends close_notify, together with the end of the handshake if nothing was sent in between, and waits until the server has ended the
    /// connection.
    /// </summary>
    /// <returns>The session, with the last ticket from the server. The caller owns it.</returns>
    public nint End()
    {
        _ = OpenSsl.Shutdown(_ssl);
        Flush(0);
        byte none;
        int length;
        while ((length = ReceiveRaw(_ciphertext, CiphertextBytes, 0)) > 0)
        {
            _ = OpenSsl.BioWrite(_input, _ciphertext, length);
            // Read the tickets.
            while (HasInput && OpenSsl.Read(_ssl, &none, 1) > 0)
            {
            }
        }

        if (length < 0 && Marshal.GetLastPInvokeError() == LibC.EAGAIN)
        {
            throw new LoadException("The server does not end a connection after close_notify.");
        }

        ThrowIfFailed();
        return OpenSsl.GetSession(_ssl);
    }

    public override void Dispose()
    {
        OpenSsl.Free(_ssl);
        base.Dispose();
    }

    protected override int SendSome(ReadOnlySpan<byte> bytes, int flags)
    {
        if (!Flush(flags)) return 0;
        fixed (byte* pointer = bytes)
        {
            if (OpenSsl.Write(_ssl, pointer, bytes.Length) <= 0) ThrowIfFailed();
        }

        Flush(flags);
        return bytes.Length;
    }

    protected override int ReceiveSome(Span<byte> buffer, int flags)
    {
        while (true)
        {
            int length = Decrypt(buffer);
            if (length > 0) return length;
            if (!ReceiveCiphertext(flags)) return 0;
        }
    }

    private int Decrypt(Span<byte> buffer)
    {
        int length = 0;
        fixed (byte* pointer = buffer)
        {
            while (length < buffer.Length && HasInput)
            {
                int read = OpenSsl.Read(_ssl, pointer + length, buffer.Length - length);
                if (read <= 0)
                {
                    ThrowIfFailed();
                    break;
                }

                length += read;
            }
        }

        return length;
    }

    /// <returns>Whether something came.</returns>
    private bool ReceiveCiphertext(int flags)
    {
        int length = base.ReceiveSome(new Span<byte>(_ciphertext, CiphertextBytes), flags);
        if (length > 0) _ = OpenSsl.BioWrite(_input, _ciphertext, length);
        return length > 0;
    }

    /// <returns>Whether the kernel took everything.</returns>
    private bool Flush(int flags)
    {
        byte* bytes;
        while ((int)OpenSsl.BioControl(_output, OpenSsl.BIO_CTRL_INFO, 0, &bytes) is > 0 and int length)
        {
            int sent = base.SendSome(new ReadOnlySpan<byte>(bytes, Math.Min(length, CiphertextBytes)), flags);
            if (sent == 0) return false;
            _ = OpenSsl.BioRead(_output, _ciphertext, sent);
        }

        return true;
    }

    private static void ThrowIfFailed()
    {
        ulong error = OpenSsl.TakeError();
        if (error != 0) throw new LoadException($"TLS: {Marshal.PtrToStringUTF8((nint)OpenSsl.ReasonOf(error)) ?? $"error {error:x}"}.");
    }
}
