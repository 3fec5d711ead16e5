using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace WsAot.TestKit.Tls;

/// <summary>
/// The client's side of TLS without a socket: ciphertext goes in and comes out as bytes, which a test can cut, hold back or change. It does
/// not verify certificates.
/// </summary>
public sealed unsafe class TlsClient : IDisposable
{
    private const int SSL_CTRL_SET_TLSEXT_HOSTNAME = 55;
    private const int SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
    private const int SSL_CTRL_SET_MAX_PROTO_VERSION = 124;
    private const int SSL_FILETYPE_PEM = 1;
    private const int SSL_RECEIVED_SHUTDOWN = 2;

    private readonly nint _context;
    private readonly nint _ssl;
    private readonly nint _input;
    private readonly nint _output;

    public TlsClient(TlsClientOptions? options = null)
    {
        options ??= new TlsClientOptions();
        _context = ClientLibrary.SSL_CTX_new(ClientLibrary.TLS_client_method());
        if (options.MinVersion != 0) ClientLibrary.SSL_CTX_ctrl(_context, SSL_CTRL_SET_MIN_PROTO_VERSION, options.MinVersion, null);
        if (options.MaxVersion != 0) ClientLibrary.SSL_CTX_ctrl(_context, SSL_CTRL_SET_MAX_PROTO_VERSION, options.MaxVersion, null);
        byte[] protocols = [.. options.Protocols.SelectMany(static name => (byte[])[(byte)name.Length, .. Encoding.ASCII.GetBytes(name)])];
        fixed (byte* list = protocols) _ = ClientLibrary.SSL_CTX_set_alpn_protos(_context, list, (uint)protocols.Length);
        if (options.Certificate is { } certificate)
        {
            _ = ClientLibrary.SSL_CTX_use_certificate_chain_file(_context, certificate.CertificateFile);
            _ = ClientLibrary.SSL_CTX_use_PrivateKey_file(_context, certificate.KeyFile, SSL_FILETYPE_PEM);
        }

        _ssl = ClientLibrary.SSL_new(_context);
        _input = ClientLibrary.BIO_new(ClientLibrary.BIO_s_mem());
        _output = ClientLibrary.BIO_new(ClientLibrary.BIO_s_mem());
        ClientLibrary.SSL_set_bio(_ssl, _input, _output);
        ClientLibrary.SSL_set_connect_state(_ssl);
        if (options.ServerName is { } host)
        {
            fixed (byte* name = Encoding.ASCII.GetBytes(host + '\0')) ClientLibrary.SSL_ctrl(_ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, 0, name);
        }

        if (options.Session is { } session) _ = ClientLibrary.SSL_set_session(_ssl, session.Handle);
    }

    public bool IsConnected { get; private set; }

    /// <summary>OpenSSL's reason for refusing the handshake or a record; null if it has refused nothing.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the server has sent close_notify.</summary>
    public bool HasServerEnded => (ClientLibrary.SSL_get_shutdown(_ssl) & SSL_RECEIVED_SHUTDOWN) != 0;

    public string Version => Marshal.PtrToStringUTF8((nint)ClientLibrary.SSL_get_version(_ssl))!;

    public bool IsResumed => ClientLibrary.SSL_session_reused(_ssl) != 0;

    /// <summary>Continues the handshake, as far as the input allows.</summary>
    /// <returns>Whether it is complete.</returns>
    public bool Connect()
    {
        if (IsConnected) return true;
        int result = ClientLibrary.SSL_do_handshake(_ssl);
        if (result == 1) IsConnected = true;
        else Check(result);
        return IsConnected;
    }

    /// <summary>Adds ciphertext from the server.</summary>
    public void Feed(ReadOnlySpan<byte> ciphertext)
    {
        fixed (byte* bytes = ciphertext) _ = ClientLibrary.BIO_write(_input, bytes, ciphertext.Length);
    }

    /// <summary>Returns the ciphertext for the server.</summary>
    public byte[] Take()
    {
        var taken = new MemoryStream();
        var buffer = new byte[32 * 1024];
        fixed (byte* bytes = buffer)
        {
            while (ClientLibrary.BIO_read(_output, bytes, buffer.Length) is var length and > 0) taken.Write(buffer, 0, length);
        }

        return taken.ToArray();
    }

    /// <summary>Decrypts the ciphertext that was fed.</summary>
    public byte[] Read()
    {
        var read = new MemoryStream();
        var buffer = new byte[32 * 1024];
        fixed (byte* bytes = buffer)
        {
            int length;
            while ((length = ClientLibrary.SSL_read(_ssl, bytes, buffer.Length)) > 0) read.Write(buffer, 0, length);
            Check(length);
        }

        return read.ToArray();
    }

    /// <summary>Encrypts, in records of up to 16 KiB.</summary>
    public void Write(ReadOnlySpan<byte> plaintext)
    {
        if (plaintext.IsEmpty) return;
        fixed (byte* bytes = plaintext)
        {
            int result = ClientLibrary.SSL_write(_ssl, bytes, plaintext.Length);
            if (result <= 0) Check(result);
        }
    }

    /// <summary>Sends close_notify.</summary>
    public void End() => _ = ClientLibrary.SSL_shutdown(_ssl);

    /// <summary>Changes the keys, and asks the server to change its own (RFC 8446 section 4.6.3).</summary>
    public void UpdateKeys()
    {
        _ = ClientLibrary.SSL_key_update(_ssl, 1);
        Check(ClientLibrary.SSL_do_handshake(_ssl));
    }

    /// <summary>Begins another handshake (TLS 1.2).</summary>
    public void Renegotiate()
    {
        _ = ClientLibrary.SSL_renegotiate(_ssl);
        Check(ClientLibrary.SSL_do_handshake(_ssl));
    }

    /// <summary>The number of certificates that the server has sent.</summary>
    public int ServerChainLength => ClientLibrary.OPENSSL_sk_num(ClientLibrary.SSL_get_peer_cert_chain(_ssl));

    public TlsClientSession GetSession() => new(ClientLibrary.SSL_get1_session(_ssl));

    public X509Certificate2 GetServerCertificate()
    {
        nint certificate = ClientLibrary.SSL_get1_peer_certificate(_ssl);
        var encoded = new byte[ClientLibrary.i2d_X509(certificate, null)];
        fixed (byte* start = encoded)
        {
            byte* position = start;
            _ = ClientLibrary.i2d_X509(certificate, &position);
        }

        ClientLibrary.X509_free(certificate);
        return X509CertificateLoader.LoadCertificate(encoded);
    }

    public void Dispose()
    {
        ClientLibrary.SSL_free(_ssl);
        ClientLibrary.SSL_CTX_free(_context);
    }

    private void Check(int result)
    {
        if (result == 1) return;
        int error = ClientLibrary.SSL_get_error(_ssl, result);
        if (error is ClientLibrary.SSL_ERROR_WANT_READ or ClientLibrary.SSL_ERROR_ZERO_RETURN) return;
        byte* reason = ClientLibrary.ERR_reason_error_string(ClientLibrary.ERR_peek_last_error());
        Failure ??= reason is null ? "unknown" : Marshal.PtrToStringUTF8((nint)reason);
        ClientLibrary.ERR_clear_error();
    }
}
