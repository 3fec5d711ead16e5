using System.Runtime.InteropServices;

namespace WsAot.Transport.Tls;

/// <summary>
/// All calls into OpenSSL 3, with blittable arguments. The libraries are loaded at the first call; <see cref="OpenSslLibrary"/> makes it.
/// Functions that may call back into managed code do not have SuppressGCTransition.
/// </summary>
internal static unsafe partial class OpenSsl
{
    public const string SslLibrary = "libssl.so.3";
    public const string CryptoLibrary = "libcrypto.so.3";

    public const ulong OPENSSL_INIT_NO_LOAD_CONFIG = 0x80;
    public const ulong OPENSSL_INIT_NO_ATEXIT = 0x80000;

    public const ulong SSL_OP_NO_COMPRESSION = 1UL << 17;
    public const ulong SSL_OP_NO_RENEGOTIATION = 1UL << 30;
    public const nint SSL_MODE_NO_AUTO_CHAIN = 0x8;
    public const nint SSL_MODE_RELEASE_BUFFERS = 0x10;
    public const int SSL_CTRL_EXTRA_CHAIN_CERT = 14;
    public const int SSL_CTRL_MODE = 33;
    public const int SSL_CTRL_SET_READ_AHEAD = 41;
    public const int SSL_CTRL_SET_SESS_CACHE_MODE = 44;
    public const int SSL_CTRL_SET_TLSEXT_SERVERNAME_CB = 53;
    public const int SSL_CTRL_SET_TLSEXT_SERVERNAME_ARG = 54;
    public const int SSL_CTRL_SET_GROUPS_LIST = 92;
    public const int SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
    public const int TLS1_2_VERSION = 0x0303;
    public const int TLS1_3_VERSION = 0x0304;
    public const int SSL_VERIFY_PEER = 1;
    public const int SSL_VERIFY_FAIL_IF_NO_PEER_CERT = 2;
    public const int SSL_WRITING = 2;
    public const int SSL_READING = 3;
    public const int SSL_RECEIVED_SHUTDOWN = 2;
    public const int SSL_TLSEXT_ERR_OK = 0;
    public const int SSL_TLSEXT_ERR_ALERT_FATAL = 2;

    public const int BIO_TYPE_SOURCE_SINK = 0x400;
    public const int BIO_FLAGS_READ = 1;
    public const int BIO_FLAGS_WRITE = 2;
    public const int BIO_FLAGS_SHOULD_RETRY = 8;
    public const int BIO_CTRL_INFO = 3;
    public const int BIO_CTRL_FLUSH = 11;

    public const int NID_subject_alt_name = 85;
    public const int GEN_EMAIL = 1;
    public const int GEN_DNS = 2;
    public const int GEN_URI = 6;
    public const int GEN_IPADD = 7;
    public const int MBSTRING_UTF8 = 0x1000;

    [LibraryImport(SslLibrary, EntryPoint = "OPENSSL_init_ssl")]
    public static partial int InitSsl(ulong options, nint settings);

    [LibraryImport(CryptoLibrary, EntryPoint = "OpenSSL_version_num")]
    public static partial ulong VersionNumber();

    [LibraryImport(SslLibrary, EntryPoint = "TLS_server_method")]
    public static partial nint ServerMethod();

    [LibraryImport(SslLibrary, EntryPoint = "TLS_client_method")]
    public static partial nint ClientMethod();

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_new")]
    public static partial nint ContextNew(nint method);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_set_options")]
    public static partial ulong ContextSetOptions(nint context, ulong options);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_ctrl")]
    public static partial nint ContextControl(nint context, int command, nint number, void* pointer);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_callback_ctrl")]
    public static partial nint ContextSetCallback(nint context, int command, void* callback);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_set_num_tickets")]
    public static partial int ContextSetTicketCount(nint context, nuint count);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_set_cipher_list")]
    public static partial int ContextSetCipherList(nint context, byte* list);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_set_session_id_context")]
    public static partial int ContextSetSessionIdContext(nint context, byte* id, uint length);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_set_alpn_select_cb")]
    public static partial void ContextSetAlpnCallback(
        nint context, delegate* unmanaged<nint, byte**, byte*, byte*, uint, nint, int> callback, nint state);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_set_tlsext_ticket_key_evp_cb")]
    public static partial int ContextSetTicketCallback(
        nint context, delegate* unmanaged<nint, byte*, byte*, nint, nint, int, int> callback);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_use_certificate")]
    public static partial int ContextUseCertificate(nint context, nint certificate);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_use_PrivateKey")]
    public static partial int ContextUsePrivateKey(nint context, nint key);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_set_verify")]
    public static partial void ContextSetVerify(nint context, int mode, nint callback);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_get_cert_store")]
    public static partial nint ContextGetStore(nint context);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CTX_add_client_CA")]
    public static partial int ContextAddClientAuthority(nint context, nint certificate);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_new")]
    public static partial nint New(nint context);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_free")]
    public static partial void Free(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_set_bio")]
    public static partial void SetBio(nint ssl, nint input, nint output);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_set_fd")]
    public static partial int SetDescriptor(nint ssl, int descriptor);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_connect")]
    public static partial int Connect(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_set_accept_state")]
    public static partial void SetAcceptState(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_set_SSL_CTX")]
    public static partial nint SetContext(nint ssl, nint context);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_do_handshake")]
    public static partial int DoHandshake(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_read")]
    public static partial int Read(nint ssl, byte* buffer, int length);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_write")]
    public static partial int Write(nint ssl, byte* buffer, int length);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_shutdown")]
    public static partial int Shutdown(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_get_shutdown")]
    public static partial int GetShutdown(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_has_pending")]
    public static partial int HasPending(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_want")]
    public static partial int Want(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_get_servername")]
    public static partial byte* GetServerName(nint ssl, int type);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_get_version")]
    public static partial byte* GetVersion(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_get_current_cipher")]
    public static partial nint GetCurrentCipher(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_CIPHER_standard_name")]
    public static partial byte* CipherStandardName(nint cipher);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_session_reused")]
    public static partial int IsSessionReused(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_get1_peer_certificate")]
    public static partial nint GetPeerCertificate(nint ssl);

    [LibraryImport(SslLibrary, EntryPoint = "SSL_get_verify_result")]
    public static partial nint GetVerifyResult(nint ssl);

    [LibraryImport(CryptoLibrary, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    [LibraryImport(CryptoLibrary, EntryPoint = "ERR_peek_last_error")]
    public static partial ulong PeekLastError();

    [LibraryImport(CryptoLibrary, EntryPoint = "ERR_reason_error_string")]
    public static partial byte* ReasonOf(ulong error);

    [LibraryImport(CryptoLibrary, EntryPoint = "X509_verify_cert_error_string")]
    public static partial byte* VerifyErrorText(nint error);

    [LibraryImport(CryptoLibrary, EntryPoint = "RAND_bytes")]
    public static partial int RandomBytes(byte* buffer, int length);
}
