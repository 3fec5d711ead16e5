using System.Net.Sockets;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Core;

/// <summary>What /metrics says of NATS.</summary>
public sealed class BackplaneMetricsTests
{
    [Fact]
    public async Task What_is_lost_between_servers_is_counted_by_its_reason()
    {
        await using NatsServer nats = await NatsServer.StartAsync();
        using var admin = new AdminSocket();
        await using Node node = await Node.StartAsync(
            nats.Url,
            static options => (options.MaxPendingBytes, options.StoreTimeoutMs) = (10_000, 500),
            builder =>
            {
                builder.Options.AdminUrls = admin.Url;
                builder.Topics.Add("kept/{name}", new WsTopicOptions { History = 10 });
            });
        await Wait.UntilAsync(() => node.Backplane.Problem is null);
        Assert.Equal(["wsaot_backplane_connected 1"], await ReadAsync(admin, "wsaot_backplane_connected"));
        await nats.KillAsync();
        await Wait.UntilAsync(() => node.Backplane.Problem is not null);
        node.Server.Publish("kept/a", "1");
        for (int i = 0; i < 20; i++) node.Server.Publish("room/a", new string('x', 1000 - 128));
        await Wait.UntilAsync(() => node.Backplane.Counts.DroppedUnconfirmed == 1);
        Assert.Equal(
            [
                "wsaot_backplane_connected 0",
                "wsaot_backplane_messages_dropped_total{reason=\"full\"} 10",
                "wsaot_backplane_messages_dropped_total{reason=\"failed\"} 0",
                "wsaot_backplane_messages_dropped_total{reason=\"unconfirmed\"} 1",
                "wsaot_backplane_messages_dropped_total{reason=\"received\"} 0",
            ],
            await ReadAsync(admin, "wsaot_backplane"));
    }

    [Fact]
    public async Task A_server_without_NATS_says_nothing_of_it()
    {
        using var admin = new AdminSocket();
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        (builder.Options.Urls, builder.Options.AdminUrls) = ("ws://127.0.0.1:0", admin.Url);
        await using WsServer server = builder.Build();
        await server.StartAsync();
        Assert.Empty(await ReadAsync(admin, "wsaot_backplane"));
    }

    private static async Task<string[]> ReadAsync(AdminSocket admin, string prefix)
    {
        string text = await admin.Client.GetStringAsync(new Uri("http://localhost/metrics"));
        return [.. text.Split('\n').Where(line => line.StartsWith(prefix, StringComparison.Ordinal))];
    }

    private sealed class AdminSocket : IDisposable
    {
        private readonly string _path = Path.Combine(Path.GetTempPath(), $"wsaot-{Guid.NewGuid():N}");

        public AdminSocket() => Client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(_path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        public string Url => "http://unix:" + _path;

        public HttpClient Client { get; }

        public void Dispose()
        {
            Client.Dispose();
            File.Delete(_path);
        }
    }
}
