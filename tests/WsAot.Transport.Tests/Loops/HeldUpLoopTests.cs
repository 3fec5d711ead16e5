using System.Net;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Loops;

/// <summary>A handler that blocks its loop does not block those who end the transport.</summary>
public sealed class HeldUpLoopTests : IDisposable
{
    private readonly ManualResetEventSlim _isHeldUp = new();
    private readonly ManualResetEventSlim _mayGoOn = new();

    public static TheoryData<TransportKind> Kinds =>
        OperatingSystem.IsLinux() ? [TransportKind.Epoll, TransportKind.Sockets] : [TransportKind.Sockets];

    public void Dispose()
    {
        _mayGoOn.Set();
        _isHeldUp.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Stopping_and_disposing_return_to_the_caller_while_a_loop_is_held_up(TransportKind kind)
    {
        ServerTransport transport = StartAndHoldUp(kind);
        // On other threads, so that a call which blocks fails the test instead of holding it up.
        Task stopping = await Task.Factory.StartNew(transport.StopListeningAsync).WaitAsync(TransportDriver.Patience);
        Task disposing = await Task.Factory.StartNew(() => transport.DisposeAsync().AsTask()).WaitAsync(TransportDriver.Patience);
        // Only the loops of epoll accept themselves.
        Assert.Equal(kind != TransportKind.Epoll, stopping.IsCompleted);
        Assert.False(disposing.IsCompleted);
        _mayGoOn.Set();
        await stopping.WaitAsync(TransportDriver.Patience);
        await disposing.WaitAsync(TransportDriver.Patience);
        Assert.Equal(0, transport.Loops[0].ConnectionCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_loop_that_is_held_up_is_waited_for_until_the_timeout(TransportKind kind)
    {
        ServerTransport transport = StartAndHoldUp(kind);
        transport.StopTimeoutMs = 1;
        // Without the timeout, both would wait for ever.
        await transport.StopListeningAsync().WaitAsync(TransportDriver.Patience);
        await transport.DisposeAsync().AsTask().WaitAsync(TransportDriver.Patience);
    }

    private ServerTransport StartAndHoldUp(TransportKind kind)
    {
        ServerTransport transport = ServerTransport.Create(kind, new TransportOptions { Loops = 1 });
        transport.Start(static _ => new IdleLoop());
        transport.Listen(new ListenOptions(new IPEndPoint(IPAddress.Loopback, 0)));
        transport.Loops[0].Post(
            _ =>
            {
                _isHeldUp.Set();
                _mayGoOn.Wait();
            },
            null);
        _isHeldUp.Wait();
        return transport;
    }

    private sealed class IdleLoop : ILoopHandler
    {
        public IConnectionHandler OnConnected(TransportConnection connection, ListenOptions listener) =>
            throw new InvalidOperationException("No test connects.");

        public int OnBatchEnd() => -1;

        public void OnAcceptFailed(string reason)
        {
        }

        public void OnUnhandledException(Exception exception)
        {
        }
    }
}
