using WsAot.TestKit.Certificates;

namespace WsAot.TestKit.Tls;

/// <summary>What a <see cref="TlsClient"/> offers. By default: TLS 1.2 and 1.3, ALPN http/1.1, no name, no certificate.</summary>
public sealed record TlsClientOptions
{
    /// <summary>0x0303 or 0x0304; 0: as OpenSSL likes.</summary>
    public int MinVersion { get; init; }

    /// <summary>0x0303 or 0x0304; 0: as OpenSSL likes.</summary>
    public int MaxVersion { get; init; }

    /// <summary>The protocols offered (ALPN); empty: none.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = ["http/1.1"];

    /// <summary>The name asked for (SNI).</summary>
    public string? ServerName { get; init; }

    public CertificateFiles? Certificate { get; init; }

    /// <summary>The session of an earlier client to resume.</summary>
    public TlsClientSession? Session { get; init; }
}
