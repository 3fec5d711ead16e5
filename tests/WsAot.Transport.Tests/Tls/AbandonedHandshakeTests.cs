using System.Runtime.InteropServices;
using WsAot.TestKit.Tls;

namespace WsAot.Transport.Tests.Tls;

/// <summary>What an abandoned handshake has taken comes back. Alone, since others would use the heap at the same time.</summary>
[Collection("Alone")]
public partial class AbandonedHandshakeTests : TlsWorldTest
{
    private const int Room = 2_000_000;

    [Fact]
    public void Handshakes_abandoned_after_each_flight_leave_nothing()
    {
        using var world = CreateWorld();
        // The first ones make what stays: buffers of the loop, tables, the heap's own.
        for (int i = 0; i < 400; i++) Abandon(i);
        long before = SettledBytes(enough: long.MaxValue);
        for (int i = 0; i < 1_500; i++) Abandon(i);
        // A session takes some 50 KB while it lasts; the runtime itself uses this heap too.
        Assert.InRange(SettledBytes(before + Room) - before, -10_000_000, Room);
        Assert.Equal(0, world.Transport.Loops[0].ConnectionCount);

        void Abandon(int i)
        {
            using var tls = new TlsClient(new TlsClientOptions { MaxVersion = i % 2 == 0 ? 0x0303 : 0x0304 });
            TlsWorldClient client = world.Open();
            for (int flight = 0; flight < i % 4; flight++)
            {
                tls.Connect();
                client.Peer.Send(tls.Take());
                world.Transport.RunUntilIdle();
                tls.Feed(client.Peer.Take());
            }

            client.Peer.Reset();
            world.Transport.RunUntilIdle();
            Assert.Equal(1, client.Closings);
            client.Client.Dispose();
        }
    }

    /// <summary>
    /// What the C library's heap has given out: OpenSSL's memory. SslStream frees a part of it on other threads and in finalizers, which a
    /// busy machine runs later: they have until it is at most <paramref name="enough"/>, or a few seconds.
    /// </summary>
    private static long SettledBytes(long enough)
    {
        for (int attempt = 0; ; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            long bytes = (long)MallInfo2().InUse;
            if (bytes <= enough || attempt == 50) return bytes;
            Thread.Sleep(100);
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial MallInfo MallInfo2();

    [StructLayout(LayoutKind.Sequential)]
    private struct MallInfo
    {
        public nuint Arena;
        public nuint FreeChunks;
        public nuint FreeFastChunks;
        public nuint MappedRegions;
        public nuint MappedBytes;
        public nuint Unused;
        public nuint FreeFastBytes;
        public nuint InUse;
        public nuint Free;
        public nuint Releasable;
    }
}
