using WsAot.Protocol.Messages;
using WsAot.Routing;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

/// <summary>
/// Clients cut messages as they like, often into 4 KiB, so a higher message limit raises the fragment limit.
/// </summary>
public sealed class FragmentLimitTests
{
    [Theory]
    [InlineData(64 * 1024, 0, 1024)]
    [InlineData(1024, 0, 1024)]
    [InlineData(4 << 20, 0, 4096)]
    [InlineData(64 << 20, 0, 65_536)]
    [InlineData(64 << 20, 100, 100)]
    public void The_limit_follows_from_the_message_limit_unless_it_is_said(int maxMessageBytes, int maxFragments, int expected)
    {
        using var server = new TestServer(options => (options.MaxMessageBytes, options.MaxFragments) = (maxMessageBytes, maxFragments));
        Assert.Equal(expected, Limits(server, "/echo").MaxFragments);
        // What a route says counts for it.
        Assert.Equal(3, Limits(server, "/binary-only").MaxFragments);
    }

    [Fact]
    public void Five_megabytes_in_pieces_of_4_KiB_pass_where_they_are_allowed()
    {
        const int Total = 5_000_000;
        using var server = new TestServer(static options => options.MaxMessageBytes = 64 << 20);
        TestClient client = server.Open("/script");
        for (int sent = 0; sent < Total; sent += 4096)
        {
            bool isLast = sent + 4096 >= Total;
            client.Peer.Send(Frame.Masked(sent == 0 ? 2 : 0, new byte[Math.Min(4096, Total - sent)], isLast));
        }

        server.Run();
        Assert.Equal(["open", $"binary {Total}"], server.Journal);
    }

    private static ReceiveLimits Limits(TestServer server, string path)
    {
        WsRoute route = server.Server.Handshakes.Routes.Routes.Single(route => route.Options.Template == path);
        return server.Server.Lifetime.Loops[0].Handshakes.SettingsOf(route).ReceiveLimits;
    }
}
