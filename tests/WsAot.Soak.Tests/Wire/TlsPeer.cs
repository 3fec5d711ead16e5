using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using WsAot.TestKit.Certificates;

namespace WsAot.Soak.Tests.Wire;

/// <summary>A server's side of TLS, or of none, for those who speak with either.</summary>
internal static class TlsPeer
{
    private static readonly X509Certificate2 s_certificate = NewCertificate();

    /// <summary>The bytes above TCP or above TLS. Its end ends the connection.</summary>
    public static async Task<Stream> OpenAsync(Socket socket, bool usesTls)
    {
        NetworkStream plain = new(socket, ownsSocket: true);
        if (!usesTls) return plain;
        SslStream tls = new(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = s_certificate,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
        });
        return tls;
    }

    /// <summary>Sends FIN, over TLS a close_notify before it.</summary>
    public static async Task EndOutputAsync(Stream stream, Socket socket)
    {
        if (stream is SslStream tls) await tls.ShutdownAsync();
        socket.Shutdown(SocketShutdown.Send);
    }

    private static X509Certificate2 NewCertificate()
    {
        using CertificateAuthority authority = new();
        return authority.Issue(CertificateShape.Server);
    }
}
