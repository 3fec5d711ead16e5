using WsAot.Transport;

namespace WsAot.Routing;

/// <summary>The TLS information that a request keeps.</summary>
internal sealed class RequestTls(TlsClientCertificate? clientCertificate)
{
    /// <summary>For clients without a certificate.</summary>
    public static readonly RequestTls Anonymous = new(null);

    public TlsClientCertificate? ClientCertificate { get; } = clientCertificate;
}
