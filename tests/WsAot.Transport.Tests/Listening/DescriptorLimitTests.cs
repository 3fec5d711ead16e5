using System.Net.Sockets;
using System.Runtime.InteropServices;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Listening;

/// <summary>Accepting when the process has no descriptor left. The limit is that of the whole process, so these tests run alone.</summary>
[Collection("Alone")]
public sealed partial class DescriptorLimitTests
{
    private const int RlimitNoFile = 7;

    [Theory]
    [InlineData(TransportKind.Epoll)]
    [InlineData(TransportKind.Sockets)]
    public void Accepting_is_paused_and_reported_and_tried_again(TransportKind kind)
    {
        using var driver = new SocketDriver(kind, new TransportOptions { Loops = 1 });
        driver.WhenConnected = static served => served.WhenReceived = static (connection, bytes) => connection.Write(bytes, default);
        (TestPeer old, _) = driver.ConnectAndAccept();
        ServedLoop loop = driver.Loops[0];
        using var waiting = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        int batches;
        using (new NoDescriptors())
        {
            batches = loop.Batches;
            waiting.Connect(driver.EndPointOf(driver.Listener));
            driver.Until(() => loop.AcceptFailures.Count >= 2);
            old.Send([1]);
            Assert.Equal([1], old.Receive(1));
        }

        driver.Until(() => driver.Served.Count == 2);
        // Two failures, 250 ms apart, and the batches of the old connection. A loop that spins runs thousands.
        Assert.InRange(loop.Batches - batches, 2, 30);
        Assert.InRange(loop.AcceptFailures.Count, 2, 8);
        const string Reason = "the process has no descriptor left";
        Assert.All(loop.AcceptFailures, static reason => Assert.StartsWith(Reason, reason, StringComparison.Ordinal));
        waiting.Send([2]);
        Assert.Equal(1, waiting.Receive(new byte[1]));
        Assert.Equal(2, loop.Loop.ConnectionCount);
    }

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static unsafe partial int PrLimit(int process, int resource, ulong* wanted, ulong* former);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    /// <summary>Takes every descriptor below a lowered limit, until it is disposed.</summary>
    private sealed unsafe class NoDescriptors : IDisposable
    {
        private readonly List<int> _taken = [];
        private readonly ulong _soft;
        private readonly ulong _hard;

        public NoDescriptors()
        {
            // The capacity exceeds the limit, so that the list does not grow while nothing can be opened.
            _taken.Capacity = 4096;
            ulong* former = stackalloc ulong[2];
            Assert.Equal(0, PrLimit(0, RlimitNoFile, null, former));
            (_soft, _hard) = (former[0], former[1]);
            SetSoft(Math.Min(_soft, 1024));
            while (true)
            {
                int descriptor = Dup(0);
                if (descriptor < 0) break;
                _taken.Add(descriptor);
            }

            Assert.NotEmpty(_taken);
        }

        public void Dispose()
        {
            foreach (int descriptor in _taken) _ = Close(descriptor);
            SetSoft(_soft);
        }

        private void SetSoft(ulong soft)
        {
            ulong* wanted = stackalloc ulong[2] { soft, _hard };
            Assert.Equal(0, PrLimit(0, RlimitNoFile, wanted, null));
        }
    }
}
