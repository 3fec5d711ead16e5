using WsAot.Admin;
using WsAot.Dashboard;
using WsAot.Metrics;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Admin;

/// <summary>The admin listener: what it answers, to whom, and when.</summary>
public sealed class AdminListenerTests
{
    private const string Token = "a-token-of-32-characters-is-good";

    [Fact]
    public async Task It_is_ready_until_the_server_begins_to_stop()
    {
        using var world = new AdminWorld();
        Assert.Equal((200, "ready\n"), Status(world.Get("/readyz")));
        TestClient client = world.Server.Open("/echo");
        Task stop = world.Server.Server.StopAsync();
        world.Server.Run();
        Assert.Equal((503, "draining\n"), Status(world.Get("/readyz")));
        Assert.Equal(0, world.Sample("wsaot_ready"));
        Assert.Equal((200, "ok\n"), Status(world.Get("/healthz")));
        client.Shutdown();
        world.Server.Advance(100);
        await stop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void It_says_which_loop_does_not_answer()
    {
        using var world = new AdminWorld(loops: 2);
        Assert.Equal((200, "ok\n"), Status(world.Get("/healthz")));
        // The timer posts to the loops, which do not run.
        world.Server.Time.Advance(200);
        world.Server.Time.Advance(9_900);
        Assert.Equal((200, "ok\n"), Status(world.Get("/healthz")));
        world.Server.Time.Advance(1_000);
        Response response = world.Get("/healthz");
        Assert.Equal(503, response.StatusCode);
        Assert.Contains("loop 0 has not answered for 1", response.Body, StringComparison.Ordinal);
        Assert.Equal(200, world.Get("/metrics").StatusCode);
        world.Server.Run();
        Assert.Equal((200, "ok\n"), Status(world.Get("/healthz")));
        Assert.Equal(1, world.Sample("wsaot_loop_delay_seconds_bucket{loop=\"0\",le=\"+Inf\"}")
            - world.Sample("wsaot_loop_delay_seconds_bucket{loop=\"0\",le=\"10\"}"));
    }

    [Fact]
    public void With_a_token_the_metrics_are_for_those_who_know_it()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, Token + "\n");
        using (var world = new AdminWorld(options => options.AdminTokenFile = file))
        {
            Response refused = world.Get("/metrics");
            Assert.Equal((401, "Bearer"), (refused.StatusCode, refused["WWW-Authenticate"]));
            Assert.Equal(401, world.Get("/metrics", "Authorization: Bearer " + Token[..^1]).StatusCode);
            Assert.Equal(401, world.Get("/metrics", "Authorization: Basic " + Token).StatusCode);
            Assert.Equal(401, world.Get("/metrics", "Authorization: Bearer é").StatusCode);
            Assert.Equal(200, world.Get("/metrics", "Authorization: Bearer " + Token).StatusCode);
            // Probes of a container have no token, and learn nothing but yes or no.
            Assert.Equal(200, world.Get("/healthz").StatusCode);
            Assert.Equal(200, world.Get("/readyz").StatusCode);
        }

        File.Delete(file);
    }

    [Theory]
    [InlineData("612f2b3d", true)]
    [InlineData("612F2B3D", true)]
    [InlineData("612f2b3", false)]
    [InlineData("612f2b3e", false)]
    [InlineData("a/+=", false)]
    [InlineData("", false)]
    public void A_page_says_the_token_in_hexadecimal(string hex, bool isAllowed) =>
        Assert.Equal(isAllowed, new AdminAccess("a/+=").AllowsHex(hex));

    [Theory]
    [InlineData("short")]
    [InlineData("a token with spaces in it")]
    [InlineData("")]
    public void A_token_that_is_none_is_refused_at_the_start(string token)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, token);
        var options = new WsServerOptions { AdminUrls = "http://127.0.0.1:0", AdminTokenFile = file };
        WsStartException refused = Assert.Throws<WsStartException>(() => AdminRules.ReadToken(options));
        Assert.Contains(file + " must have one line of 16 to 1024 visible ASCII characters", refused.Message, StringComparison.Ordinal);
        File.Delete(file);
        refused = Assert.Throws<WsStartException>(() => AdminRules.ReadToken(options));
        Assert.Contains("cannot be read", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9090", "", null)]
    [InlineData("http://localhost:9090;http://[::1]:9091", "", null)]
    [InlineData("http://0.0.0.0:9090", "token", null)]
    [InlineData("http://*:9090", "", "can be reached from other machines: it needs AdminTokenFile")]
    [InlineData("http://127.0.0.1:9090;http://192.0.2.1:9090", "", "'http://192.0.2.1:9090' can be reached from other machines")]
    [InlineData("ws://127.0.0.1:9090", "", "it must begin with http://")]
    [InlineData("https://127.0.0.1:9090", "", "'https://127.0.0.1:9090' cannot be used: it must begin with http://.")]
    [InlineData(";", "", "AdminUrls (--admin-urls): no address is named.")]
    [InlineData("http://127.0.0.1", "", "AdminUrls (--admin-urls): 'http://127.0.0.1' cannot be used: it must name a port")]
    [InlineData("", "token", "AdminTokenFile (--admin-token-file) needs AdminUrls (--admin-urls), which is not set.")]
    public void Options_that_would_show_too_much_are_refused(string urls, string tokenFile, string? expected)
    {
        string? error = OptionFaults.InAdmin(new WsServerOptions { AdminUrls = urls, AdminTokenFile = tokenFile });
        if (expected is null) Assert.Null(error);
        else Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9090;http://unix:@a-{pid}", "ws://127.0.0.1:9090", "ws://unix:@a-{0}")]
    [InlineData("http://unix:/run/a-{pid}.sock", "", "ws://unix:/run/a-{0}.sock")]
    [InlineData("http://[::1]:1;http://localhost:2", "ws://[::1]:1;ws://localhost:2", "")]
    public void Addresses_with_the_number_of_the_process_are_its_own(string urls, string shared, string own)
    {
        Assert.Null(OptionFaults.InAdmin(new WsServerOptions { AdminUrls = urls }));
        Assert.Equal(shared, AdminRules.ServerUrlsOf(urls, isOwn: false));
        Assert.Equal(string.Format(null, own, Environment.ProcessId), AdminRules.ServerUrlsOf(urls, isOwn: true));
    }

    [Fact]
    public async Task When_another_process_has_taken_over_the_addresses_of_this_one_still_answer()
    {
        using var world = new AdminWorld(static options => options.AdminUrls = "http://127.0.0.1:0;http://unix:@a-{pid}");
        TestClient client = world.Server.Open("/echo");
        Task stop = world.Server.Server.Lifetime.HandOverAsync();
        world.Server.Run();
        // The transport that was made last is that of the own addresses.
        Assert.Equal((503, "draining\n"), Status(world.Get("/readyz")));
        Assert.Equal(1, world.Sample("wsaot_connections{route=\"/echo\",state=\"closing\"}"));
        client.SendRaw(Frame.Close(1012));
        client.Shutdown();
        Assert.Equal(0, world.Sample("wsaot_connections{route=\"/echo\",state=\"closing\"}"));
        world.Server.Advance(100);
        await stop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{pid}", "the port must be 0 to 65535")]
    [InlineData("http://{pid}:80", "the host must be an IP address")]
    public void Only_a_Unix_address_has_the_number_of_the_process(string urls, string expected) =>
        Assert.Contains(expected, OptionFaults.InAdmin(new WsServerOptions { AdminUrls = urls }), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", true)]
    [InlineData("text/plain;q=0.9, application/openmetrics-text;q=0.1", false)]
    [InlineData("application/openmetrics-text;q=0", false)]
    public void The_format_is_what_the_client_prefers(string? accept, bool isOpenMetrics) =>
        Assert.Equal(isOpenMetrics, PrometheusText.PrefersOpenMetrics(accept));

    [Fact]
    public void Both_formats_have_the_same_samples()
    {
        using var world = new AdminWorld();
        world.Server.Open("/echo").Say("hello");
        Response text = world.Get("/metrics");
        Response openMetrics = world.Get("/metrics", "Accept: application/openmetrics-text");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", text["Content-Type"]);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", openMetrics["Content-Type"]);
        Assert.EndsWith("\n# EOF\n", openMetrics.Body, StringComparison.Ordinal);
        Assert.Contains("# TYPE wsaot_connections_opened_total counter\n", text.Body, StringComparison.Ordinal);
        Assert.Contains("# TYPE wsaot_connections_opened counter\n", openMetrics.Body, StringComparison.Ordinal);
        Assert.Contains("# UNIT wsaot_handler_seconds seconds\n", openMetrics.Body, StringComparison.Ordinal);
        Assert.Equal(Names(text), Names(openMetrics));

        static string[] Names(Response response) =>
        [
            .. response.Body.Split('\n')
                .Where(static line => line.StartsWith("wsaot_", StringComparison.Ordinal))
                .Select(static line => line[..line.LastIndexOf(' ')]),
        ];
    }

    [Fact]
    public void What_a_label_may_not_have_is_escaped()
    {
        var text = new PrometheusText(isOpenMetrics: false);
        text.Begin(MetricFamilies.CertificateExpiry);
        text.Add(12.5, "a\"b\\c\nd");
        Assert.EndsWith(
            "wsaot_tls_certificate_expiry_timestamp_seconds{file=\"a\\\"b\\\\c\\nd\"} 12.5\n",
            System.Text.Encoding.UTF8.GetString(text.Finish().Span),
            StringComparison.Ordinal);
    }

    private static (int StatusCode, string Body) Status(Response response) => (response.StatusCode, response.Body);
}
