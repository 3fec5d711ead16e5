using System.Runtime.InteropServices;

namespace WsAot.Transport.Tls;

/// <summary>Asks OpenSSL for the result of a handshake.</summary>
internal static unsafe class PeerDetails
{
    /// <summary>
    /// Whether a resumed session's client certificate has expired meanwhile: OpenSSL checks it only in the first handshake.
    /// </summary>
    /// <param name="ssl">The session.</param>
    /// <param name="now">The current time.</param>
    public static bool IsExpired(nint ssl, DateTimeOffset now)
    {
        if (OpenSsl.IsSessionReused(ssl) == 0) return false;
        nint certificate = OpenSsl.GetPeerCertificate(ssl);
        if (certificate == 0) return false;
        bool isExpired = CertificateReader.ReadTime(OpenSsl.GetNotAfter(certificate)) < now;
        OpenSsl.CertificateFree(certificate);
        return isExpired;
    }

    public static TlsDetails Read(nint ssl)
    {
        nint certificate = OpenSsl.GetPeerCertificate(ssl);
        try
        {
            byte* name = OpenSsl.GetServerName(ssl, 0);
            return new TlsDetails
            {
                Protocol = Text(OpenSsl.GetVersion(ssl)),
                CipherSuite = Text(OpenSsl.CipherStandardName(OpenSsl.GetCurrentCipher(ssl))),
                ServerName = name is null ? null : Text(name),
                IsResumed = OpenSsl.IsSessionReused(ssl) != 0,
                ClientCertificate = certificate == 0 ? null : CertificateReader.ReadClient(certificate),
            };
        }
        finally
        {
            if (certificate != 0) OpenSsl.CertificateFree(certificate);
        }
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
