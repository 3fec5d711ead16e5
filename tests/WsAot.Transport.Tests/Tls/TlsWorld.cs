using System.Net;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Time;
using WsAot.TestKit.Tls;
using WsAot.Transport.InMemory;
using WsAot.Transport.SslStreams;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Tls;

/// <summary>A server with TLS in memory: nothing happens but what the test does, and its clients' ciphertext is in its hands.</summary>
internal sealed class TlsWorld : IDisposable, ILoopHandler
{
    private readonly ListenOptions _listener;

    /// <param name="configure">Makes the options from a certificate for localhost; null: that certificate alone.</param>
    /// <param name="time">The clock of the loop; null: one that stands still.</param>
    /// <param name="isSslStream">Whether TLS is that of .NET.</param>
    public TlsWorld(
        Func<TlsWorld, TlsCertificateFiles, TlsServerOptions>? configure = null, TimeProvider? time = null, bool isSslStream = false)
    {
        var sizes = new TransportOptions
        {
            Loops = 1,
            ReceiveBufferBytes = 64 * 1024,
            SendBufferBytes = 16 * 1024,
            TimeProvider = time ?? Time,
        };
        Transport = new InMemoryTransport(sizes, Pool);
        if (isSslStream) Transport.PretendTls = SslStreamServer.Create;
        TlsCertificateFiles files = Create("server");
        Tls = Transport.CreateTls(configure?.Invoke(this, files) ?? new TlsServerOptions { Certificates = [files] });
        _listener = new ListenOptions(new IPEndPoint(IPAddress.Loopback, 443)) { Tls = Tls };
        Transport.Start(_ => this);
        Transport.Listen(_listener);
    }

    public TestCertificates Certificates { get; } = new();

    public CountingPool Pool { get; } = new();

    public ManualTime Time { get; } = new();

    public InMemoryTransport Transport { get; }

    public TlsServer Tls { get; }

    /// <summary>What the server does with what it has received. Default: it sends it back.</summary>
    public Action<TransportConnection, byte[]> WhenReceived { get; set; } = static (connection, bytes) => connection.Write(bytes, default);

    public TlsCertificateFiles Create(string name, CertificateShape? shape = null, string? password = null)
    {
        CertificateFiles files = Certificates.Create(name, shape, password);
        return new TlsCertificateFiles { CertificateFile = files.CertificateFile, KeyFile = files.KeyFile };
    }

    /// <summary>Connects without a word.</summary>
    public TlsWorldClient Open(TlsClientOptions? options = null)
    {
        var client = new TlsWorldClient(this, Transport.Connect(listener: _listener), new TlsClient(options));
        NewClient = client;
        Transport.RunUntilIdle();
        return client;
    }

    /// <summary>Connects, and runs the handshake until neither side has anything to say.</summary>
    public TlsWorldClient Connect(TlsClientOptions? options = null)
    {
        TlsWorldClient client = Open(options);
        client.Shake();
        return client;
    }

    public IConnectionHandler OnConnected(TransportConnection connection, ListenOptions listener)
    {
        NewClient!.Connection = connection;
        return NewClient;
    }

    public int OnBatchEnd() => -1;

    public void OnAcceptFailed(string reason) => throw new InvalidOperationException(reason);

    public void OnUnhandledException(Exception exception) => throw new InvalidOperationException("A handler threw.", exception);

    public void Dispose()
    {
        Transport.Dispose();
        Tls.Dispose();
        Certificates.Dispose();
        Assert.Equal(0, Pool.RentedCount);
    }

    private TlsWorldClient? NewClient { get; set; }
}
