using WsAot.Nats.Tests.Handlers;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Kept;

/// <summary>Typed messages that return a task say whether NATS has kept them.</summary>
public sealed class TypedMessageTests
{
    [Fact]
    public async Task Without_NATS_they_fail_clearly()
    {
        // Nobody listens there.
        await using Node node = await Node.StartAsync("nats://127.0.0.1:1", static options => options.StoreTimeoutMs = 100);
        IRoom room = node.Server.Topic<IRoom>("rooms/a");
        await Assert.ThrowsAsync<WsTopicUnavailableException>(async () => await room.Kept("lost"));
        await Assert.ThrowsAsync<WsTopicUnavailableException>(async () => await room.Placed("lost"));
        room.Said("nobody waits for it");
    }
}
