using WsAot.Transport;

namespace WsAot.Tests.Harness;

/// <summary>Certificates without files, for servers in memory. A test says what the next look at them finds.</summary>
internal sealed class PretendedTls(params TlsCertificate[] certificates) : TlsServer
{
    private TlsCertificate[] _certificates = certificates;
    private Func<TlsCertificate[]>? _next;
    private string? _missing;

    /// <summary>What the server was created with.</summary>
    public TlsServerOptions? Options { get; private set; }

    public int Looks { get; private set; }

    public bool IsDisposed { get; private set; }

    public override IReadOnlyList<TlsCertificate> Certificates => _certificates;

    public static TlsCertificate Certificate(DateTimeOffset notAfter, string file = "a.pem", params string[] hosts) => new()
    {
        File = file,
        Hosts = hosts,
        NotBefore = DateTimeOffset.UnixEpoch,
        NotAfter = notAfter,
    };

    public TlsServer Create(TlsServerOptions options)
    {
        Options = options;
        return this;
    }

    /// <summary>The files change, to these.</summary>
    public void Replace(params TlsCertificate[] certificates) => _next = () => certificates;

    /// <summary>The files change, to what cannot be used.</summary>
    public void Break(string reason) => _next = () => throw new TransportException(reason);

    /// <summary>The files cannot be read, until <see cref="Return"/>.</summary>
    public void Vanish(string reason) => _missing = reason;

    public void Return() => _missing = null;

    public override bool Reload(TlsServerOptions? options = null)
    {
        Assert.False(IsDisposed);
        Looks++;
        Options = options ?? Options;
        if (_missing is not null) throw new TransportException(_missing, new IOException(_missing));
        if (_next is not { } next) return false;
        _next = null;
        _certificates = next();
        return true;
    }

    public override void Dispose() => IsDisposed = true;
}
