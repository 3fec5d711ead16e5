using WsAot.Tests.Harness;

namespace WsAot.Tests.Handshake;

public sealed class AllowedHostsTests : IDisposable
{
    private TestServer? _server;

    public void Dispose() => _server?.Dispose();

    [Theory]
    [InlineData("ws://127.0.0.1:0", "", "evil.example", 421)]
    [InlineData("ws://127.0.0.1:0", "", "localhost:8080", 101)]
    [InlineData("ws://127.0.0.1:0;ws://[::1]:0", "", "[::1]", 101)]
    [InlineData("ws://127.0.0.1:0;ws://[::1]:0", "", "evil.example", 421)]
    [InlineData("ws://127.0.0.1:0;ws://192.0.2.1:0", "", "evil.example", 101)]
    [InlineData("ws://*:0", "", "evil.example", 101)]
    [InlineData("ws://127.0.0.1:0", "*", "evil.example", 101)]
    [InlineData("ws://*:0", "app.example;*.app.example", "app.example:8080", 101)]
    [InlineData("ws://*:0", "app.example;*.app.example", "a.app.example", 101)]
    [InlineData("ws://*:0", "app.example;*.app.example", "evil.example", 421)]
    [InlineData("ws://127.0.0.1:0", "app.example", "localhost", 101)]
    [InlineData("ws://127.0.0.1:0", "app.example", "evil.example", 421)]
    [InlineData("ws://*:0", "app.example", "localhost", 421)]
    [InlineData("ws://*:0", "app.example", "10.1.2.3:8080", 101)]
    [InlineData("ws://127.0.0.1:0", "", "127.0.0.1.evil.example", 421)]
    public void A_page_that_has_its_own_name_lead_here_is_not_the_servers_own(string urls, string hosts, string host, int statusCode)
    {
        Start(urls, hosts);
        string request = $"GET /echo HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        TestClient client = _server!.Connect();
        client.SendRaw(System.Text.Encoding.ASCII.GetBytes(request));
        Assert.Equal(statusCode, client.ReadResponse().StatusCode);
        if (statusCode == 101) return;
        string line = Assert.Single(_server.Log.Entries, static entry => entry.Id == 7).Message;
        Assert.Contains($"the host '{host}' is not allowed (see --allowed-hosts)", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421)]
    [InlineData("GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 421)]
    [InlineData("OPTIONS / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421)]
    [InlineData("GET /healthz HTTP/1.0\r\n\r\n", 200)]
    [InlineData("OPTIONS / HTTP/1.0\r\n\r\n", 200)]
    public void It_holds_for_pages_too_and_a_request_without_a_host_names_nobodys(string request, int statusCode)
    {
        Start("ws://127.0.0.1:0", "");
        Assert.Equal(statusCode, _server!.Send(request).StatusCode);
    }

    private void Start(string urls, string hosts) =>
        _server = new TestServer(options => (options.Urls, options.AllowedHosts) = (urls, hosts));
}
