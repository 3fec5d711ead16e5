using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using WsAot.Hosting;
using WsAot.Http;
using WsAot.Topics;

namespace WsAot.Tests.Harness;

/// <summary>What a server must not have any more when all its connections have ended.</summary>
internal static class Leftovers
{
    public static void AssertNone(WsServer server)
    {
        Assert.Equal(0, Connections(server));
        Assert.Equal(0, Refusals(server));
        foreach (ServerLoop loop in Loops(server))
        {
            Assert.Equal(0, loop.CountSessions());
            Assert.Equal(0, loop.Unfinished);
            Assert.Empty(Handshakes(loop));
            Assert.Empty(Topics(loop.Topics));
            Assert.Equal(-1, loop.Timers.NextInMs(0));
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_loops")]
    private static extern ref ServerLoop[] Loops(WsServer server);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_connections")]
    private static extern ref int Connections(WsServer server);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_refusals")]
    private static extern ref int Refusals(WsServer server);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_handshakes")]
    private static extern ref HashSet<HttpSession> Handshakes(ServerLoop loop);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_topics")]
    private static extern ref ConcurrentDictionary<string, Topic> Topics(LoopTopics topics);
}
