using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Handshake;

namespace WsAot.Native.Tests.Proxies;

/// <summary>The configurations of docs/how-to/proxies.md in front of the published file, and what the page says of them.</summary>
[Collection(PublishedFile.Name)]
public sealed class ProxyTests(PublishedApp app)
{
    public static TheoryData<string> Names => ["nginx", "HAProxy", "Apache"];

    public static IEnumerable<object[]> MissingLines =>
        ProxiesPage.Rows("What you see when a line is missing").Select(static row => new object[] { row[0], row[1], row[2] });

    [RequiresTheory(Proxy.Tools)]
    [MemberData(nameof(Names))]
    public async Task A_page_of_the_proxys_host_connects_and_another_does_not(string proxy)
    {
        await using ProxiedServer proxied = await ProxiedServer.StartAsync(app, proxy);
        // TLS ends at the proxy: the server hears http from both pages.
        Assert.Equal("101", await proxied.UpgradeStatusAsync("https://app.example.com"));
        Assert.Equal("101", await proxied.UpgradeStatusAsync("http://app.example.com"));
        Assert.Equal("403", await proxied.UpgradeStatusAsync("https://www.example.com"));
        await proxied.StopServerAsync();
    }

    [RequiresTheory(Proxy.Tools)]
    [MemberData(nameof(Names))]
    public async Task Messages_of_megabytes_pass_both_ways(string proxy)
    {
        await using ProxiedServer proxied = await ProxiedServer.StartAsync(app, proxy, options: ["--compression", "shared"]);
        foreach (bool compressed in new[] { false, true })
        {
            using DotNetClient client = await proxied.ConnectAsync("/echo", compressed);
            Assert.Equal(compressed, client.Extensions.StartsWith("permessage-deflate", StringComparison.Ordinal));
            await client.ExpectEchoesAsync(1);
            await client.ExpectEchoesAsync(3_000_000);
            await client.ExpectEchoesAsync(500_000, fragment: 1000);
            Assert.Equal(1000, (await client.CloseAsync(1000, "")).Code);
        }

        await proxied.StopServerAsync();
    }

    [RequiresTheory(Proxy.Tools)]
    [MemberData(nameof(Names))]
    public async Task Close_codes_pass_both_ways(string proxy)
    {
        await using ProxiedServer proxied = await ProxiedServer.StartAsync(app, proxy);
        using (DotNetClient client = await proxied.ConnectAsync("/echo"))
        {
            Assert.Equal(4999, (await client.CloseAsync(4999, "an application's, grün")).Code);
        }

        using (DotNetClient client = await proxied.ConnectAsync("/chat/room"))
        {
            await client.SendAsync([1]);
            (int? code, string? reason) = await client.ReceiveCloseAsync();
            Assert.Equal(1003, code);
            Assert.NotEqual("", reason);
        }

        using (DotNetClient client = await proxied.ConnectAsync("/echo"))
        {
            await client.ExpectEchoesAsync(1);
            Task<(int? Code, string? Reason)> close = client.ReceiveCloseAsync();
            await proxied.StopServerAsync();
            Assert.Equal(1001, (await close).Code);
        }
    }

    [RequiresTheory(Proxy.Tools)]
    [MemberData(nameof(Names))]
    public async Task Pings_hold_a_connection_that_is_quiet_for_longer_than_the_proxys_timeout(string proxy)
    {
        const int IdleSeconds = 5;
        await using ProxiedServer proxied = await ProxiedServer.StartAsync(
            app, proxy, idleSeconds: IdleSeconds, options: ["--ping-interval-ms", "500", "--pong-timeout-ms", "2000"]);
        using (RawConnection connection = await proxied.UpgradeAsync("/echo"))
        {
            await connection.AnswerPingsAsync(TimeSpan.FromSeconds(IdleSeconds) * 1.5);
            await connection.SendAsync(RawConnection.Frame(0x81, "still here"u8));
            Assert.Equal("still here"u8.ToArray(), (await connection.ReadFrameAsync()).Payload);
        }

        await proxied.StopServerAsync();
    }

    [RequiresTheory(Proxy.Tools)]
    [MemberData(nameof(Names))]
    public async Task A_quiet_connection_ends_without_a_close_frame_where_pings_are_rarer_than_the_proxys_timeout(string proxy)
    {
        await using ProxiedServer proxied = await ProxiedServer.StartAsync(app, proxy, idleSeconds: 1);
        using (RawConnection connection = await proxied.UpgradeAsync("/echo"))
        {
            await connection.ExpectEndAsync();
        }

        await proxied.StopServerAsync();
    }

    [RequiresTheory(Proxy.Tools)]
    [MemberData(nameof(Names))]
    public async Task What_reaches_the_server_of_host_origin_and_the_clients_address_is_what_the_page_says(string proxy)
    {
        string[] row = ProxiesPage.Rows("Host and Origin").Single(row => row[0] == proxy);
        using RequestRecorder recorder = new();
        await using ProxyProcess process = await ProxyProcess.StartAsync(Proxy.Named(proxy), recorder.Port);
        using RawConnection connection = await RawConnection.OpenAsync(process.Port);
        await connection.SendAsync(ExampleHandshake.Request(
            "/echo", ProxiedServer.Host, "Origin: https://app.example.com", "X-Forwarded-For: 203.0.113.9"));
        string[] head = await recorder.NextAsync("/echo");

        Assert.Equal("GET /echo HTTP/1.1", head[0]);
        Assert.Equal([row[1]], Values(head, "Host"));
        Assert.Equal([row[2]], Values(head, "X-Forwarded-For"));
        Assert.Equal(["https://app.example.com"], Values(head, "Origin"));
        Assert.Equal(["websocket"], Values(head, "Upgrade"));
        Assert.Equal(["upgrade"], Values(head, "Connection").Select(static value => value.ToLowerInvariant()));
    }

    [RequiresFact(Proxy.Tools)]
    public async Task The_health_check_of_HAProxy_passes()
    {
        await using ProxiedServer proxied = await ProxiedServer.StartAsync(app, "HAProxy");
        // It asks in HTTP/1.0 and names no host.
        string line = await proxied.Proxy.WaitForLineAsync("Health check for server wsaot/wsaot1 ");
        Assert.Contains("succeeded, reason: Layer7 check passed, code: 200", line, StringComparison.Ordinal);
        await proxied.StopServerAsync();
    }

    [RequiresTheory(Proxy.Tools)]
    [MemberData(nameof(MissingLines))]
    public async Task Without_a_line_of_the_configuration_an_upgrade_gets_the_status_that_the_page_says(
        string proxy, string missing, string status)
    {
        await using ProxiedServer proxied = await ProxiedServer.StartAsync(app, proxy, without: missing);
        Assert.Equal(status, await proxied.UpgradeStatusAsync("http://app.example.com"));
        await proxied.StopServerAsync();
    }

    [RequiresFact(Proxy.Tools)]
    public async Task Without_the_clients_host_the_origins_of_the_pages_are_to_be_listed()
    {
        await using ProxiedServer proxied = await ProxiedServer.StartAsync(
            app, "nginx", without: "proxy_set_header Host $http_host;", options: ["--allowed-origins", "https://app.example.com"]);
        Assert.Equal("101", await proxied.UpgradeStatusAsync("https://app.example.com"));
        Assert.Equal("403", await proxied.UpgradeStatusAsync("https://www.example.com"));
        await proxied.StopServerAsync();
    }

    private static IEnumerable<string> Values(string[] head, string name) =>
        from line in head[1..]
        let colon = line.IndexOf(':', StringComparison.Ordinal)
        where line[..colon].Equals(name, StringComparison.OrdinalIgnoreCase)
        select line[(colon + 1)..].Trim();
}
