using System.Runtime.InteropServices;

namespace WsAot.Bench.Load.Native;

/// <summary>The calls into OpenSSL 3 that the load needs. It is loaded at the first call, so a load without TLS does not need it.</summary>
internal static unsafe partial class OpenSsl
{
    public const int SSL_CTRL_SET_TLSEXT_HOSTNAME = 55;
    public const int SSL_CTRL_SET_GROUPS_LIST = 92;
    public const int SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
    public const int TLS1_3_VERSION = 0x0304;
    public const int SSL_RECEIVED_SHUTDOWN = 2;
    public const int BIO_CTRL_INFO = 3;
    public const int BIO_CTRL_PENDING = 10;

    private const string Ssl = "libssl.so.3";
    private const string Crypto = "libcrypto.so.3";

    [LibraryImport(Ssl, EntryPoint = "TLS_client_method")]
    public static partial nint ClientMethod();

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_new")]
    public static partial nint ContextNew(nint method);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_ctrl")]
    public static partial nint ContextControl(nint context, int command, nint number, void* pointer);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_ciphersuites")]
    public static partial int ContextSetCipherSuites(nint context, byte* list);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_alpn_protos")]
    public static partial int ContextSetProtocols(nint context, byte* list, uint length);

    [LibraryImport(Ssl, EntryPoint = "SSL_new")]
    public static partial nint New(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_free")]
    public static partial void Free(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_ctrl")]
    public static partial nint Control(nint ssl, int command, nint number, void* pointer);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_bio")]
    public static partial void SetBio(nint ssl, nint input, nint output);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_session")]
    public static partial int SetSession(nint ssl, nint session);

    [LibraryImport(Ssl, EntryPoint = "SSL_get1_session")]
    public static partial nint GetSession(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_SESSION_free")]
    public static partial void SessionFree(nint session);

    [LibraryImport(Ssl, EntryPoint = "SSL_SESSION_is_resumable")]
    public static partial int IsResumable(nint session);

    [LibraryImport(Ssl, EntryPoint = "SSL_session_reused")]
    public static partial int IsSessionReused(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_connect")]
    public static partial int Connect(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_read")]
    public static partial int Read(nint ssl, byte* buffer, int length);

    [LibraryImport(Ssl, EntryPoint = "SSL_write")]
    public static partial int Write(nint ssl, byte* buffer, int length);

    [LibraryImport(Ssl, EntryPoint = "SSL_shutdown")]
    public static partial int Shutdown(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_get_shutdown")]
    public static partial int GetShutdown(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_has_pending")]
    public static partial int HasPending(nint ssl);

    [LibraryImport(Crypto, EntryPoint = "BIO_s_mem")]
    public static partial nint MemoryBioMethod();

    [LibraryImport(Crypto, EntryPoint = "BIO_new")]
    public static partial nint BioNew(nint method);

    [LibraryImport(Crypto, EntryPoint = "BIO_ctrl")]
    public static partial nint BioControl(nint bio, int command, nint number, void* pointer);

    [LibraryImport(Crypto, EntryPoint = "BIO_read")]
    public static partial int BioRead(nint bio, byte* buffer, int length);

    [LibraryImport(Crypto, EntryPoint = "BIO_write")]
    public static partial int BioWrite(nint bio, byte* buffer, int length);

    [LibraryImport(Crypto, EntryPoint = "ERR_get_error")]
    public static partial ulong TakeError();

    [LibraryImport(Crypto, EntryPoint = "ERR_reason_error_string")]
    public static partial byte* ReasonOf(ulong error);
}
