using WsAot.Transport;

namespace WsAot.Testing.Running;

/// <summary>Stands for the certificates of a server under test: no file is read, and nothing is encrypted in memory.</summary>
internal sealed class UnreadCertificates : TlsServer
{
    public override IReadOnlyList<TlsCertificate> Certificates => [];

    public override bool Reload(TlsServerOptions? options = null) => false;

    public override void Dispose()
    {
    }
}
