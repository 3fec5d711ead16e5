using System.Diagnostics;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using WsAot.Transport.Connections;
using WsAot.Transport.Output;
using WsAot.Transport.Tls;

namespace WsAot.Transport.SslStreams;

/// <summary>
/// TLS by <see cref="SslStream"/>. The loop feeds it, and its work is done when that call returns. While it waits, it has a read of zero
/// bytes, which needs no buffer.
/// </summary>
internal sealed unsafe class SslStreamChannel(
    ITlsWire wire, TransportConnection connection, SslStreamLoop loop, SslStreamServer server)
    : TlsChannel(wire, connection, loop.Handshakes, server.MaxHandshakesPerLoop)
{
    /// <summary>
    /// How much ciphertext may arrive in a row without data: SslStream keeps its answers to key updates until something is sent.
    /// </summary>
    private const int MaxBarrenBytes = 512 * 1024;

    private CiphertextStream? _network;
    private SslStream? _ssl;
    private Task? _handshake;
    private Task<int>? _arrival;        // the read of zero bytes
    private int _barrenBytes;
    private string? _serverName;
    private string? _refusal;

    protected override Span<byte> Input => loop.Input;

    protected override ReadOnlyMemory<byte> PlainHttpAnswer => server.PlainHttpAnswer;

    // SslStream does not report this.
    protected override bool IsResumed => false;

    public override TlsDetails? GetDetails() => !IsEstablished ? null : new TlsDetails
    {
        Protocol = _ssl!.SslProtocol == SslProtocols.Tls13 ? "TLSv1.3" : "TLSv1.2",
        CipherSuite = CipherSuiteNames.Of(_ssl.NegotiatedCipherSuite),
        ServerName = _serverName,
        ClientCertificate = _ssl.RemoteCertificate is X509Certificate2 certificate ? CertificateFields.ReadClient(certificate) : null,
    };

    protected override void StartSession()
    {
        _network = new CiphertextStream(SendRecord);
        _ssl = new SslStream(_network);
    }

    protected override void FreeSession()
    {
        _network?.End();
        // An end during the handshake is an error. Observe it, because nothing awaits the task.
        _ = _handshake?.Exception;
        _ = _arrival?.Exception;
        _ssl?.Dispose();
        (_ssl, _handshake, _arrival) = (null, null, null);
    }

    protected override InputStatus Decrypt(int received, Span<byte> buffer, out int length)
    {
        length = 0;
        ReadOnlyMemory<byte> input = loop.Input.AsMemory(0, received);
        try
        {
            if (!IsEstablished && Shake(input) is var status and not InputStatus.Received) return status;
            if (_arrival is not null) _network!.Feed(input);
            return DecryptRecords(buffer, received, out length);
        }
        finally
        {
            _network!.DropInput();
        }
    }

    protected override int Encrypt(ReadOnlySpan<OutputSlice> slices)
    {
        int total = 0;
        int index = 0;
        int offset = 0;
        while (index < slices.Length && !IsHolding)
        {
            int count = RecordFiller.Fill(slices, ref index, ref offset, loop.Record);
            if (!TryEncrypt(count) || IsOutputBroken) return -1;
            total += count;
        }

        return total;
    }

    protected override void EncryptEnd()
    {
        try
        {
            _ssl!.ShutdownAsync().GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            // The FIN also tells the peer.
        }
    }

    /// <summary>Continues the handshake.</summary>
    /// <returns><see cref="InputStatus.Received"/>: it is over, and the rest of the input can be decrypted.</returns>
    private InputStatus Shake(ReadOnlyMemory<byte> input)
    {
        _network!.Feed(input);
        if (_handshake is null)
        {
            ServerOptionsSelectionCallback choose = static (_, hello, channel, _) =>
                ValueTask.FromResult(((SslStreamChannel)channel!).ChooseOptions(hello.ServerName));
            _handshake = _ssl!.AuthenticateAsServerAsync(choose, this, CancellationToken.None);
        }

        OnStep();
        if (!_handshake.IsCompleted)
        {
            Debug.Assert(_network.IsWaiting, "A handshake waits for its client only.");
            return InputStatus.Consumed;
        }

        return _handshake.IsCompletedSuccessfully
            ? OnEstablished()
            : Fail(_refusal ?? SslStreamFailure.Describe(_handshake.Exception));
    }

    private SslServerAuthenticationOptions ChooseOptions(string name)
    {
        _serverName = ServerName.Normalize(name);
        return server.CreateOptions(_serverName, Verify);
    }

    private bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (certificate is null)
        {
            if (!server.RequiresClientCertificate) return true;
            _refusal = "peer did not return a certificate";
        }
        else
        {
            _refusal = $"certificate verify failed: {SslStreamFailure.Describe(chain)}";
        }

        return false;
    }

    private InputStatus DecryptRecords(Span<byte> buffer, int received, out int length)
    {
        length = 0;
        try
        {
            while (true)
            {
                _arrival ??= _ssl!.ReadAsync(Memory<byte>.Empty).AsTask();
                if (!_arrival.IsCompleted) break;
                _arrival.GetAwaiter().GetResult();
                _arrival = null;
                Debug.Assert(length < buffer.Length, "All that was received fits when it is decrypted.");
                int read = _ssl!.Read(buffer[length..]);
                if (read == 0) return length > 0 ? InputStatus.ReceivedLast : InputStatus.Ended;
                length += read;
            }
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            return Fail(SslStreamFailure.Describe(exception));
        }

        Debug.Assert(_network!.IsWaiting, "All that was received is decrypted, or waits for the rest of its record.");
        _barrenBytes = length > 0 ? 0 : _barrenBytes + received;
        if (_barrenBytes > MaxBarrenBytes) return Fail("the peer sends records without data");
        return length > 0 ? InputStatus.Received : InputStatus.Consumed;
    }

    private bool TryEncrypt(int count)
    {
        try
        {
            _ssl!.Write(loop.Record, 0, count);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Sends each record to the kernel as soon as it is encrypted.</summary>
    private void SendRecord(ReadOnlySpan<byte> ciphertext)
    {
        fixed (byte* start = ciphertext) SendOrHold(new OutputSlice(start, ciphertext.Length));
    }
}
