using WsAot.Transport;

namespace WsAot.Routing;

/// <summary>What a request keeps of the TLS that its connection speaks.</summary>
internal sealed class RequestTls(TlsClientCertificate? clientCertificate)
{
    /// <summary>For clients that have shown no certificate.</summary>
    public static readonly RequestTls Anonymous = new(null);

    public TlsClientCertificate? ClientCertificate { get; } = clientCertificate;
}
