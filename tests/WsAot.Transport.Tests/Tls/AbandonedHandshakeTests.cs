using System.Runtime.InteropServices;
using WsAot.TestKit.Tls;

namespace WsAot.Transport.Tests.Tls;

/// <summary>What an abandoned handshake has taken comes back. Alone, since others would use the heap at the same time.</summary>
[Collection("Alone")]
public partial class AbandonedHandshakeTests : TlsWorldTest
{
    [Fact]
    public void Handshakes_abandoned_after_each_flight_leave_nothing()
    {
        using var world = CreateWorld();
        // The first ones make what stays: buffers of the loop, tables, the heap's own.
        for (int i = 0; i < 400; i++) Abandon(i);
        nuint before = NativeBytes();
        for (int i = 0; i < 1_500; i++) Abandon(i);
        // A session takes some 50 KB while it lasts; the runtime itself uses this heap too.
        Assert.InRange((long)NativeBytes() - (long)before, -10_000_000, 2_000_000);
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

    /// <summary>What the C library's heap has given out: OpenSSL's memory.</summary>
    private static nuint NativeBytes() => MallInfo2().InUse;

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
