using System.Diagnostics;

namespace WsAot.Transport.Tests.Driving;

/// <summary>Runs a transport for a test: hides whether there are sockets and threads, or only memory and batches.</summary>
public abstract class TransportDriver : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<TestPeer> _peers = [];

    protected TransportDriver(ServerTransport transport, CountingPool pool)
    {
        (Transport, Pool) = (transport, pool);
        transport.Start(loop =>
        {
            var served = new ServedLoop(this, loop);
            Loops.Add(served);
            return served;
        });
    }

    /// <summary>Guards all that handlers write down; pulsed when something was.</summary>
    public object Gate { get; } = new();

    public ServerTransport Transport { get; }

    public CountingPool Pool { get; }

    public List<ServedLoop> Loops { get; } = [];

    public List<ServedConnection> Served { get; } = [];

    /// <summary>Called on the loop for each new connection, before it hears of anything.</summary>
    public Action<ServedConnection>? WhenConnected { get; set; }

    public TestPeer Connect()
    {
        TestPeer peer = Open();
        _peers.Add(peer);
        return peer;
    }

    /// <summary>Connects, and waits until the server has accepted.</summary>
    public (TestPeer Peer, ServedConnection Served) ConnectAndAccept()
    {
        TestPeer peer = Connect();
        ServedConnection? served = null;
        Until(() => (served = Served.Find(it => it.Connection.RemoteAddress.ToIPEndPoint().Port == peer.LocalEndPoint.Port)) is not null);
        return (peer, served!);
    }

    /// <summary>Runs something on a loop, and waits for the end of the batch in which it ran.</summary>
    public void OnLoop(TransportLoop loop, Action action)
    {
        Exception? failure = null;
        PostAndWait(loop, () => failure = Record.Exception(action));
        if (failure is not null) throw new InvalidOperationException("What ran on the loop failed.", failure);
        // What is posted now runs in a later batch.
        PostAndWait(loop, static () => { });
    }

    public void OnLoop(ServedConnection served, Action<TransportConnection> action) =>
        OnLoop(served.Connection.Loop, () => action(served.Connection));

    /// <summary>Waits until something is so; handlers make it so.</summary>
    public void Until(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            lock (Gate)
            {
                if (condition()) return;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "What the test waits for has not come.");
            Advance();
        }
    }

    /// <summary>How many batches a loop runs although there is nothing to do; a spinning one runs hundreds.</summary>
    public abstract int CountIdleBatches(TransportLoop loop);

    /// <summary>Lets the loops get on.</summary>
    protected internal abstract void Advance();

    protected abstract TestPeer Open();

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
    }
}
