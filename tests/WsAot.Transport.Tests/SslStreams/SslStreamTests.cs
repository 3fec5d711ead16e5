using WsAot.Transport.Tests.Tls;

namespace WsAot.Transport.Tests.SslStreams;

public sealed class SslStreamHandshakeTests : HandshakeTests
{
    protected override bool IsSslStream => true;
}

public sealed class SslStreamClientCertificateTests : ClientCertificateTests
{
    protected override bool IsSslStream => true;
}

public sealed class SslStreamReloadTests : ReloadTests
{
    protected override bool IsSslStream => true;
}

public sealed class SslStreamHostilePeerTests : HostilePeerTests
{
    protected override bool IsSslStream => true;
}

public sealed class SslStreamOutputTests : OutputTests
{
    protected override bool IsSslStream => true;
}

public sealed class SslStreamManyHandshakesTests : ManyHandshakesTests
{
    protected override bool IsSslStream => true;
}

public sealed class SslStreamAbandonedHandshakeTests : AbandonedHandshakeTests
{
    protected override bool IsSslStream => true;
}

public sealed class SslStreamCertificateFilesTests : CertificateFilesTests
{
    protected override bool IsSslStream => true;
}
