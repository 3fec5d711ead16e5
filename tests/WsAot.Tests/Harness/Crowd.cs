using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using WsAot.Connections;
using WsAot.Server;
using WsAot.Topics;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Harness;

/// <summary>
/// A server whose one loop has a hundred thousand sessions, each with two topics, all of which came in the same millisecond.
/// </summary>
internal sealed class Crowd : IDisposable
{
    public const int Count = 100_000;

    private const int PartSize = 100;

    private readonly InMemoryPeer[] _peers = new InMemoryPeer[Count];

    public Crowd()
    {
        Server = new TestServer(
            static options => options.MaxConnections = Count + 10,
            // The log of a test keeps its lines, and has one for each connection that opens or closes.
            build: static builder => builder.LoggerFactory = NullLoggerFactory.Instance,
            hasOwnPools: true);
        for (int i = 0; i < Count; i++)
        {
            _peers[i] = Server.Transport.Connect();
            _peers[i].Send(TestClient.UpgradeRequest($"/hall/{i / PartSize}"));
        }

        Server.Run();
        foreach (InMemoryPeer peer in _peers) Assert.True(peer.Take().AsSpan().StartsWith("HTTP/1.1 101 "u8));
        Assert.Equal(Count, Server.Server.ConnectionCount);
    }

    public TestServer Server { get; }

    public IReadOnlyList<InMemoryPeer> Peers => _peers;

    public ServerLoop Loop => Server.Server.Lifetime.Loops[0];

    /// <summary>All sessions, in the order in which they came.</summary>
    public Session[] Sessions() => [.. Server.Server.GetConnections().Select(static connection => connection.Session)];

    /// <summary>The subscriptions of a topic, in their order.</summary>
    public List<Subscription> Subscriptions(string topic) => SubscriptionsOf(Topics(Loop.State.Topics)[topic]);

    /// <summary>Has the ends of the loop's batches measured: what is due is done there.</summary>
    public MeasuredLoop MeasureBatchEnds() => MeasuredLoop.Before(Server.Transport.Loops[0]);

    public void Dispose() => Server.Dispose();


    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_topics")]
    private static extern ref Dictionary<string, LocalTopic> Topics(LoopTopics topics);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_subscriptions")]
    private static extern ref List<Subscription> SubscriptionsOf(LocalTopic topic);
}
