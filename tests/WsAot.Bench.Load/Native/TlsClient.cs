using System.Runtime.InteropServices;

namespace WsAot.Bench.Load.Native;

/// <summary>
/// Speaks TLS 1.3 with the system's OpenSSL 3, offers what browsers offer (AES-128-GCM first, X25519, a server name, ALPN), and accepts any
/// certificate. Use a client and its sockets on one thread.
/// </summary>
internal sealed unsafe class TlsClient
{
    // Lives as long as the process, like the context.
    private readonly byte* _ciphertext = (byte*)NativeMemory.Alloc(TlsSocket.CiphertextBytes);
    private readonly nint _context;

    /// <exception cref="LoadException">There is no OpenSSL 3.</exception>
    public TlsClient()
    {
        try
        {
            _context = OpenSsl.ContextNew(OpenSsl.ClientMethod());
        }
        catch (DllNotFoundException exception)
        {
            throw new LoadException(exception.Message);
        }

        OpenSsl.ContextControl(_context, OpenSsl.SSL_CTRL_SET_MIN_PROTO_VERSION, OpenSsl.TLS1_3_VERSION, null);
        fixed (byte* suites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256\0"u8)
        fixed (byte* groups = "X25519:P-256\0"u8)
        fixed (byte* protocols = "\bhttp/1.1"u8)
        {
            _ = OpenSsl.ContextSetCipherSuites(_context, suites);
            OpenSsl.ContextControl(_context, OpenSsl.SSL_CTRL_SET_GROUPS_LIST, 0, groups);
            _ = OpenSsl.ContextSetProtocols(_context, protocols, 9);
        }
    }

    /// <summary>Connects, and makes the TLS handshake.</summary>
    /// <param name="session">The result of <see cref="TlsSocket.End"/> to resume its session; 0: none.</param>
    public TlsSocket Connect(int port, nint session = 0) => new(port, _context, session, _ciphertext);
}
