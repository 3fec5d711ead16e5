using WsAot.Testing.Tests.Handlers;
using WsAot.Transport;

namespace WsAot.Testing.Tests;

/// <summary>A test says that a request came with TLS, and who the client is, without certificates.</summary>
public sealed class TlsRequestTests
{
    [Fact]
    public async Task A_request_can_be_secure()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient plain = await server.ConnectAsync("/secured");
        await using WsTestClient secure = await server.ConnectAsync("/secured", static request => request.IsSecure = true);
        Assert.Equal("ws nobody", await plain.ReceiveTextAsync());
        Assert.Equal("wss nobody", await secure.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_client_can_have_a_certificate()
    {
        await using WsTestServer server = Servers.Create(AskClients);
        await using WsTestClient client = await server.ConnectAsync(
            "/secured", static request => request.UseClientCertificate("CN=device-7", "DNS:device-7.example"));
        Assert.Equal("wss CN=device-7 DNS:device-7.example", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task So_can_one_of_plain_HTTP()
    {
        await using WsTestServer server = Servers.Create(static builder =>
        {
            AskClients(builder);
            builder.MapGet("/who", static request => WsResponse.Text($"{request.Scheme} {Secured.Name(request)}"));
        });
        WsTestResponse response = await server.GetAsync("/who", static request => request.UseClientCertificate("CN=a"));
        Assert.Equal("https CN=a ", response.Text);
    }

    [Fact]
    public async Task A_server_that_asks_for_none_is_found_out()
    {
        await using WsTestServer server = Servers.Create();
        WsTestException exception = await Assert.ThrowsAsync<WsTestException>(
            () => server.ConnectAsync("/secured", static request => request.UseClientCertificate("CN=a")));
        Assert.Contains("set its option TlsClientCertificate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_with_TLS_needs_no_file()
    {
        await using WsTestServer server = Servers.Create(static builder =>
            (builder.Options.Urls, builder.Options.TlsCertificateFile) = ("wss://127.0.0.1:443", "none.pem"));
        await using WsTestClient client = await server.ConnectAsync("/secured", static request => request.IsSecure = true);
        Assert.Equal("wss nobody", await client.ReceiveTextAsync());
        Assert.Equal(["wss://127.0.0.1:443"], server.Server.Urls);
    }

    private static void AskClients(WsServerBuilder builder) =>
        (builder.Options.TlsClientCertificate, builder.Options.TlsClientCaFile) = (TlsClientCertificateMode.Optional, "ca.pem");
}
