using System.Net;
using WsAot.Transport.InMemory;

namespace WsAot.Transport.Tests.Driving;

/// <summary>Runs batches in memory, whenever a test waits.</summary>
public sealed class InMemoryDriver : TransportDriver
{
    private const int WindowBytes = 100_000;

    private readonly InMemoryTransport _transport;
    private int _port = 20_000;

    public InMemoryDriver(TransportOptions options)
        : this(options, new CountingPool())
    {
    }

    private InMemoryDriver(TransportOptions options, CountingPool pool, bool isTls = false)
        : base(new InMemoryTransport(options, pool), pool, isTls) => _transport = (InMemoryTransport)Transport;

    public static TransportDriver Create(TransportOptions options) => new InMemoryDriver(options);

    public static TransportDriver CreateTls(TransportOptions options) => new InMemoryDriver(options, new CountingPool(), isTls: true);

    public override int CountIdleBatches(TransportLoop loop)
    {
        int batches = 0;
        while (batches < 100 && _transport.RunBatch()) batches++;
        return batches;
    }

    protected internal override void Advance() => _transport.RunBatch();

    protected override TestPeer Open(ListenOptions listener)
    {
        var address = new IPEndPoint(IPAddress.Loopback, _port++);
        InMemoryPeer peer = _transport.Connect(address, listener);
        peer.WindowBytes = WindowBytes;
        return new Peer(this, peer, address);
    }

    public sealed class Peer(InMemoryDriver driver, InMemoryPeer peer, IPEndPoint address) : TestPeer
    {
        public InMemoryPeer Inner => peer;

        public override IPEndPoint LocalEndPoint => address;

        public override int Available => peer.Received.Length;

        public override void Send(byte[] bytes) => peer.Send(bytes);

        public override byte[] Receive(int count)
        {
            var received = new byte[count];
            int length = 0;
            while (length < count)
            {
                driver.Until(() => peer.Received.Length > 0);
                byte[] piece = peer.Take(count - length);
                piece.CopyTo(received, length);
                length += piece.Length;
            }

            return received;
        }

        public override byte[] ReceiveOnce()
        {
            driver.Until(() => peer.Received.Length > 0 || peer.IsServerShut || peer.IsClosed);
            return peer.Take();
        }

        public override PeerEnd ReceiveEnd()
        {
            driver.Until(() =>
            {
                peer.Take();
                return peer.IsServerShut || peer.IsClosed;
            });
            return peer.IsReset ? PeerEnd.Reset : PeerEnd.Fin;
        }

        public override void Shutdown() => peer.Shutdown();

        public override void Reset() => peer.Reset();

        public override void Dispose()
        {
            // Nothing to free.
        }
    }
}
