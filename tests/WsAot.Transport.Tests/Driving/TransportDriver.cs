using System.Diagnostics;
using System.Net;
using WsAot.TestKit.Certificates;

namespace WsAot.Transport.Tests.Driving;

/// <summary>Runs a transport for a test, so that the test is the same for sockets and threads as for memory and batches.</summary>
public abstract class TransportDriver : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>In place of a Unix socket's.</summary>
    private static readonly IPEndPoint NoEndPoint = new(IPAddress.None, 0);

    private readonly List<TestPeer> _peers = [];
    private readonly Dictionary<ListenOptions, IPEndPoint> _endPoints = [];

    private readonly TestCertificates? _certificates;

    /// <param name="transport">The transport.</param>
    /// <param name="pool">Its pool.</param>
    /// <param name="isTls">Whether <see cref="Listener"/> speaks TLS.</param>
    protected TransportDriver(ServerTransport transport, CountingPool pool, bool isTls = false)
    {
        if (isTls) _certificates = new TestCertificates();
        Tls = _certificates is { } certificates ? transport.CreateTls(OptionsFor(certificates.Create())) : null;
        Listener = new ListenOptions(new IPEndPoint(IPAddress.Loopback, 0)) { Tls = Tls };
        (Transport, Pool) = (transport, pool);
        transport.Start(loop =>
        {
            var served = new ServedLoop(this, loop);
            Loops.Add(served);
            return served;
        });
        Listen(Listener);
    }

    /// <summary>Guards everything that handlers record; pulsed when they have recorded something.</summary>
    public object Gate { get; } = new();

    public ServerTransport Transport { get; }

    /// <summary>The listener to which peers connect unless the test names another.</summary>
    public ListenOptions Listener { get; }

    /// <summary>The certificate of <see cref="Listener"/>, if it speaks TLS.</summary>
    public TlsServer? Tls { get; }

    public CountingPool Pool { get; }

    public List<ServedLoop> Loops { get; } = [];

    public List<ServedConnection> Served { get; } = [];

    /// <summary>Called on the loop for each new connection, before any other call.</summary>
    public Action<ServedConnection>? WhenConnected { get; set; }

    /// <summary>Listens on one more address.</summary>
    public void Listen(ListenOptions listener) => _endPoints.Add(listener, Transport.Listen(listener) as IPEndPoint ?? NoEndPoint);

    /// <summary>The address of a listener, with its real port.</summary>
    public IPEndPoint EndPointOf(ListenOptions listener) => _endPoints[listener];

    /// <summary>Connects a peer.</summary>
    /// <param name="listener">Where; by default to <see cref="Listener"/>.</param>
    /// <param name="isFinished">Whether the TLS handshake runs to its end, if the listener has one.</param>
    public TestPeer Connect(ListenOptions? listener = null, bool isFinished = true)
    {
        listener ??= Listener;
        TestPeer peer = Open(listener);
        if (listener.Tls is not null)
        {
            var tls = new TlsPeer(peer);
            if (isFinished) tls.Connect();
            else tls.Begin();
            peer = tls;
        }

        _peers.Add(peer);
        return peer;
    }

    /// <summary>Connects, and waits until the server has accepted.</summary>
    public (TestPeer Peer, ServedConnection Served) ConnectAndAccept(ListenOptions? listener = null, bool isFinished = true)
    {
        TestPeer peer = Connect(listener, isFinished);
        ServedConnection? served = null;
        Until(() => (served = Served.Find(it => it.Connection.RemoteAddress.ToIPEndPoint().Port == peer.LocalEndPoint.Port)) is not null);
        if (peer is not TlsPeer tls || !isFinished) return (peer, served!);
        Until(() => served!.Connection.IsEstablished || served.Closings > 0);
        tls.TakeTicket();
        return (peer, served!);
    }

    /// <summary>Runs an action on a loop, and waits for the end of the batch in which it ran.</summary>
    public void OnLoop(TransportLoop loop, Action action)
    {
        Exception? failure = null;
        PostAndWait(loop, () => failure = Record.Exception(action));
        if (failure is not null) throw new InvalidOperationException("The action on the loop failed.", failure);
        // This call runs in a later batch.
        PostAndWait(loop, static () => { });
    }

    public void OnLoop(ServedConnection served, Action<TransportConnection> action) =>
        OnLoop(served.Connection.Loop, () => action(served.Connection));

    /// <summary>Waits until a condition holds that handlers bring about.</summary>
    public void Until(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            lock (Gate)
            {
                if (condition()) return;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "The condition that the test waits for did not come about.");
            Advance();
        }
    }

    /// <summary>Counts the batches that a loop runs although there is nothing to do. A loop that spins runs hundreds.</summary>
    public abstract int CountIdleBatches(TransportLoop loop);

    /// <summary>Lets the loops run for a moment.</summary>
    protected internal abstract void Advance();

    protected abstract TestPeer Open(ListenOptions listener);

    private static TlsServerOptions OptionsFor(CertificateFiles files) => new()
    {
        Certificates = [new TlsCertificateFiles { CertificateFile = files.CertificateFile, KeyFile = files.KeyFile }],
    };

    private void PostAndWait(TransportLoop loop, Action action)
    {
        bool isDone = false;
        loop.Post(
            _ =>
            {
                action();
                lock (Gate)
                {
                    isDone = true;
                    Monitor.PulseAll(Gate);
                }
            },
            null);
        Until(() => isDone);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Transport.Dispose();
        foreach (TestPeer peer in _peers) peer.Dispose();
        Tls?.Dispose();
        _certificates?.Dispose();
    }
}
