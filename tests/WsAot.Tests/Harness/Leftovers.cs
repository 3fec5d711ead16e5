using WsAot.Server;

namespace WsAot.Tests.Harness;

/// <summary>What a server must not have any more when all its connections have ended.</summary>
internal static class Leftovers
{
    public static void AssertNone(WsServer server)
    {
        Assert.Equal(0, server.Context.Connections.Taken);
        Assert.Equal(0, server.Handshakes.Refusals.Taken);
        Assert.Equal(0, server.Context.Topics.Count);
        foreach (ServerLoop loop in server.Lifetime.Loops)
        {
            Assert.Equal(0, loop.State.Sessions.Count);
            Assert.Equal(0, loop.State.Unfinished);
            Assert.Empty(loop.Handshakes.Connections);
            Assert.Equal(0, loop.Handshakes.Http?.ConnectionCount ?? 0);
            Assert.Equal(0, loop.State.Topics.Count);
            Assert.Equal(-1, loop.State.Timers.NextInMs(0));
        }
    }
}
