using System.Net;

namespace WsAot.Transport.Tests;

/// <summary>A handler that blocks its loop does not keep those from going on who end the transport.</summary>
public sealed class HeldUpLoopTests
{
    [Theory]
    [InlineData(TransportKind.Epoll)]
    [InlineData(TransportKind.Sockets)]
    public void A_loop_that_is_held_up_is_waited_for_only_so_long(TransportKind kind)
    {
        if (kind == TransportKind.Epoll && !OperatingSystem.IsLinux()) return;
        using var isHeldUp = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        ServerTransport transport = ServerTransport.Create(kind, new TransportOptions { Loops = 1 });
        transport.Start(static _ => new Nobody());
        transport.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        transport.Loops[0].Post(
            _ =>
            {
                isHeldUp.Set();
                mayGoOn.Wait();
            },
            null);
        isHeldUp.Wait();
        transport.StopTimeoutMs = 1;
        // Both would wait for ever.
        transport.StopListening();
        transport.Dispose();
        mayGoOn.Set();
    }

    private sealed class Nobody : ILoopHandler
    {
        public IConnectionHandler OnConnected(TransportConnection connection) => throw new InvalidOperationException("Nobody connects.");

        public int OnBatchEnd() => -1;

        public void OnAcceptFailed(string reason)
        {
        }

        public void OnUnhandledException(Exception exception)
        {
        }
    }
}
