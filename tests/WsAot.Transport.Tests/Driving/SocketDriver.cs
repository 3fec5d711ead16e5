using System.Net;
using System.Net.Sockets;

namespace WsAot.Transport.Tests.Driving;

/// <summary>Runs a transport with real loops, on loopback sockets.</summary>
public sealed class SocketDriver : TransportDriver
{
    /// <summary>Long enough for a spinning loop to run thousands of batches.</summary>
    private const int IdleMs = 60;

    public SocketDriver(TransportKind kind, TransportOptions options)
        : this(kind, options, new CountingPool())
    {
    }

    private SocketDriver(TransportKind kind, TransportOptions options, CountingPool pool, bool isTls = false)
        : base(ServerTransport.Create(kind, options, pool), pool, isTls)
    {
    }

    public static TransportDriver CreateEpoll(TransportOptions options) => new SocketDriver(TransportKind.Epoll, options);

    public static TransportDriver CreateSockets(TransportOptions options) => new SocketDriver(TransportKind.Sockets, options);

    public static TransportDriver CreateEpollTls(TransportOptions options) =>
        new SocketDriver(TransportKind.Epoll, options, new CountingPool(), isTls: true);

    public static TransportDriver CreateSocketsTls(TransportOptions options) =>
        new SocketDriver(TransportKind.Sockets, options, new CountingPool(), isTls: true);

    public override int CountIdleBatches(TransportLoop loop)
    {
        ServedLoop served = Loops.Find(it => ReferenceEquals(it.Loop, loop))!;
        // The loop's own timer ends the measurement. There is no reason for any other batch.
        int from = int.MaxValue;
        bool isOver = false;
        long due = long.MaxValue;
        OnLoop(loop, () =>
        {
            served.WaitMs = IdleMs;
            served.WhenBatchEnds = () =>
            {
                long now = Environment.TickCount64;
                if (due == long.MaxValue)
                {
                    from = served.Batches;
                    due = now + IdleMs - 5;
                }
                else if (now >= due)
                {
                    (served.WaitMs, served.WhenBatchEnds) = (-1, null);
                    Volatile.Write(ref isOver, true);
                }
            };
        });
        Until(() => Volatile.Read(ref isOver));
        return served.Batches - from;
    }

    protected internal override void Advance()
    {
        lock (Gate) Monitor.Wait(Gate, 10);
    }

    protected override TestPeer Open(ListenOptions listener) => new Peer(EndPointOf(listener));

    public sealed class Peer : TestPeer
    {
        private readonly Socket _socket;

        /// <summary>Connects with a small receive buffer, so that the kernel refuses the server's output soon.</summary>
        public Peer(IPEndPoint endPoint)
        {
            _socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            {
                ReceiveBufferSize = 64 * 1024,
                ReceiveTimeout = (int)Patience.TotalMilliseconds,
                SendTimeout = (int)Patience.TotalMilliseconds,
                NoDelay = true,
            };
            _socket.Connect(endPoint);
        }

        public override IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

        public override int Available => _socket.Available;

        /// <summary>Acknowledges late, as a peer does that has nothing to say (TCP_QUICKACK off; Linux).</summary>
        public void DelayAcknowledgements() => _socket.SetRawSocketOption(6, 12, [0, 0, 0, 0]);

        public override void Send(byte[] bytes) => _socket.Send(bytes);

        public override byte[] Receive(int count)
        {
            var received = new byte[count];
            for (int length = 0; length < count;)
            {
                int more = _socket.Receive(received.AsSpan(length));
                Assert.True(more > 0, $"The connection ended after {length} of {count} bytes.");
                length += more;
            }

            return received;
        }

        public override byte[] ReceiveOnce()
        {
            var buffer = new byte[1 << 20];
            return buffer[.._socket.Receive(buffer)];
        }

        public override PeerEnd ReceiveEnd()
        {
            var buffer = new byte[1 << 16];
            try
            {
                while (_socket.Receive(buffer) > 0)
                {
                }

                return PeerEnd.Fin;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
            {
                return PeerEnd.Reset;
            }
        }

        public override void Shutdown() => _socket.Shutdown(SocketShutdown.Send);

        public override void Reset()
        {
            _socket.LingerState = new LingerOption(true, 0);
            _socket.Dispose();
        }

        public override void Dispose() => _socket.Dispose();
    }
}
