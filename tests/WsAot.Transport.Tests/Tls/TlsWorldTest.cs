namespace WsAot.Transport.Tests.Tls;

/// <summary>The base of tests in a <see cref="TlsWorld"/>: they run with OpenSSL, and those derived from them with SslStream.</summary>
public abstract class TlsWorldTest
{
    /// <summary>Whether TLS is that of .NET.</summary>
    protected virtual bool IsSslStream => false;

    private protected TlsWorld CreateWorld(
        Func<TlsWorld, TlsCertificateFiles, TlsServerOptions>? configure = null, TimeProvider? time = null) =>
        new(configure, time, IsSslStream);
}
