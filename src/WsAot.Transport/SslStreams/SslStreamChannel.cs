using System.Diagnostics;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using WsAot.Transport.Connections;
using WsAot.Transport.Tls;

namespace WsAot.Transport.SslStreams;

/// <summary>
/// The TLS of one connection by <see cref="SslStream"/>. It is fed on the loop, so whatever it does is done when that call returns. While
/// it waits it has a read of no bytes, which needs no buffer. <c>SslStreamChannel.Output.cs</c> is the other direction.
/// </summary>
internal sealed partial class SslStreamChannel(
    ITlsWire wire, TransportConnection connection, SslStreamLoop loop, SslStreamServer server) : ITlsChannel
{
    /// <summary>The type of the first record of a client (RFC 8446 section 5.1).</summary>
    private const byte HandshakeRecord = 22;

    /// <summary>
    /// The ciphertext in a row that may be without data: SslStream keeps the answers to requests for new keys until something is sent.
    /// </summary>
    private const int MaxBarrenBytes = 512 * 1024;

    private CiphertextStream? _network;
    private SslStream? _ssl;
    private Task? _handshake;
    private Task<int>? _arrival;        // the read of no bytes
    private int _barrenBytes;
    private string? _serverName;
    private string? _refusal;

    public TlsState State { get; private set; }

    public long HeardAt { get; private set; }

    public bool IsOver => State > TlsState.Handshake;

    public bool IsUnread { get; private set; }

    public int MaxHandshakes => server.MaxHandshakesPerLoop;

    public void Start()
    {
        HeardAt = connection.Loop.Clock.Now;
        State = TlsState.Handshake;
    }

    public InputStatus Receive(Span<byte> buffer, out int length)
    {
        length = 0;
        if (!IsOver && !loop.Handshakes.TryBegin(this, MaxHandshakes))
        {
            IsUnread = true;
            wire.OnTlsInterestChanged();
            return InputStatus.Consumed;
        }

        InputStatus status = wire.ReceiveCiphertext(loop.Input, out int received);
        // A FIN without close_notify is an end like any other: whoever must know has an end of its own.
        if (status != InputStatus.Received) return status;
        if (State == TlsState.Failed) return InputStatus.Consumed;
        ReadOnlyMemory<byte> input = loop.Input.AsMemory(0, received);
        try
        {
            if (State == TlsState.Handshake && (status = Shake(input)) != InputStatus.Received) return status;
            if (_arrival is not null) _network!.Feed(input);
            return Decrypt(buffer, received, out length);
        }
        finally
        {
            _network?.DropInput();
        }
    }

    public void Resume()
    {
        IsUnread = false;
        if (!IsOver) wire.ResumeHandshake();
    }

    public void GiveWay()
    {
        if (Fail("it was not over in time, and others waited for its place") == InputStatus.Failed) connection.Close();
    }

    public void OnException(Exception exception) => connection.Loop.OnException(exception, connection);

    public TlsDetails? GetDetails() => State != TlsState.Established ? null : new TlsDetails
    {
        Protocol = _ssl!.SslProtocol == SslProtocols.Tls13 ? "TLSv1.3" : "TLSv1.2",
        CipherSuite = CipherSuiteNames.Of(_ssl.NegotiatedCipherSuite),
        ServerName = _serverName,
        ClientCertificate = _ssl.RemoteCertificate is X509Certificate2 certificate ? CertificateFields.ReadClient(certificate) : null,
    };

    public void Close(bool isAborted)
    {
        if (State == TlsState.Established && !isAborted && _held is null) SendEnd();
        End(TlsState.Closed);
    }

    /// <summary>Goes on with the handshake.</summary>
    /// <returns><see cref="InputStatus.Received"/>: it is over, and the rest of the input can be decrypted.</returns>
    private InputStatus Shake(ReadOnlyMemory<byte> input)
    {
        if (_handshake is null && input.Span[0] != HandshakeRecord) return RefuseForeign(input.Span[0]);
        HeardAt = connection.Loop.Clock.Now;
        _network ??= new CiphertextStream(SendRecord);
        _network.Feed(input);
        if (_handshake is null)
        {
            _ssl = new SslStream(_network);
            ServerOptionsSelectionCallback choose = static (_, hello, channel, _) =>
                ValueTask.FromResult(((SslStreamChannel)channel!).ChooseOptions(hello.ServerName));
            _handshake = _ssl.AuthenticateAsServerAsync(choose, this, CancellationToken.None);
        }

        loop.Handshakes.Charge(HeardAt);
        if (!_handshake.IsCompleted)
        {
            Debug.Assert(_network.IsWaiting, "A handshake waits for its client, and for nothing else.");
            return InputStatus.Consumed;
        }

        if (!_handshake.IsCompletedSuccessfully) return Fail(_refusal ?? SslStreamFailure.Describe(_handshake.Exception));
        State = TlsState.Established;
        loop.Handshakes.OnEnded();
        wire.OnTlsEstablished();
        return connection.IsClosed ? InputStatus.Consumed : InputStatus.Received;
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

    /// <summary>Refuses what is no TLS. Who speaks plain HTTP gets an answer that can be read.</summary>
    private InputStatus RefuseForeign(byte first)
    {
        if (!char.IsAsciiLetterUpper((char)first)) return Fail("what came is not TLS");
        SendUnencrypted(server.PlainHttpAnswer.Span);
        return Fail("the client speaks plain HTTP where TLS is spoken");
    }

    private InputStatus Decrypt(Span<byte> buffer, int received, out int length)
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

    private InputStatus Fail(string reason)
    {
        End(TlsState.Failed);
        return wire.OnTlsFailed(reason) ? InputStatus.Consumed : InputStatus.Failed;
    }

    private void End(TlsState state)
    {
        if (State == TlsState.Handshake) loop.Handshakes.OnEnded();
        State = state;
        _network?.End();
        // An end in the middle is an error, which nobody wants to hear of.
        _ = _handshake?.Exception;
        _ = _arrival?.Exception;
        ReleaseHeld();
        _ssl?.Dispose();
        (_ssl, _handshake, _arrival) = (null, null, null);
    }
}
