using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Certificates;

namespace WsAot.Native.Tests.Tls;

/// <summary>Clients that others wrote, over TLS. Each of them verifies the certificate, as it does for its users.</summary>
[Collection(PublishedFile.Name)]
public sealed class SecureClientTests(PublishedApp app) : IDisposable
{
    // Of the tests' own CA.
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [RequiresFact(Tool.Node | Tool.Chromium)]
    public async Task Chromium_shows_the_page_and_echoes()
    {
        CertificateFiles files = _certificates.Create();
        await using ServerProcess server = await app.StartSecureAsync(files);
        string pictures = Repository.EmptyFolder("pictures-tls");
        JsonElement verdict = await ClientScript.RunAsync(
            "secure-page.mjs", server.HttpUrl + "/", Tools.Chromium, files.PublicKeyHash, pictures);
        await server.StopAsync();
        Assert.Equal("https:", verdict.GetProperty("protocol").GetString());
        Assert.True(verdict.GetProperty("isSecure").GetBoolean());
        Assert.Equal("connected", verdict.GetProperty("state").GetString());
        Assert.Equal(["grüß dich 😀"], verdict.Strings("lines"));
        Assert.Empty(verdict.Strings("problems"));
        Assert.Single(Directory.GetFiles(pictures));
    }

    [RequiresTheory(Tool.Node)]
    [InlineData(125)]
    [InlineData(1 << 20)]
    public Task Ws_gets_back_what_it_sent(int size) => ExpectEchoAsync("echo.mjs", "NODE_EXTRA_CA_CERTS", size);

    [RequiresTheory(Tool.Python)]
    [InlineData(125)]
    [InlineData(1 << 20)]
    public Task Python_websockets_gets_back_what_it_sent(int size) => ExpectEchoAsync("echo.py", "SSL_CERT_FILE", size);

    [RequiresFact(Tool.Java)]
    public async Task Java_gets_back_what_it_sent_and_closes_with_codes_both_ways()
    {
        string store = Path.Combine(_certificates.Folder, "trusted.p12");
        CommandResult imported = await Command.RunAsync(
            "keytool",
            ["-importcert", "-noprompt", "-file", _certificates.AuthorityFile, "-keystore", store, "-storepass", "changeit"]);
        Assert.True(imported.ExitCode == 0, imported.All);
        JsonElement verdict = await RunAsync(
            "java/Client.java",
            "JAVA_TOOL_OPTIONS",
            $"-Djavax.net.ssl.trustStore={store} -Djavax.net.ssl.trustStorePassword=changeit",
            static url => [url + "/echo", url + "/chat/room"]);
        ExpectConversation(verdict);
    }

    [RequiresFact(Tool.Go)]
    public async Task Gorilla_gets_back_what_it_sent_and_closes_with_codes_both_ways() => ExpectConversation(
        await RunAsync(
            "go/client.go", "SSL_CERT_FILE", _certificates.AuthorityFile, static url => [url + "/echo", url + "/chat/room", "false"]));

    [RequiresFact]
    public async Task DotNets_ClientWebSocket_gets_back_what_it_sent()
    {
        await using ServerProcess server = await app.StartSecureAsync(_certificates.Create());
        using (DotNetClient client = await DotNetClient.ConnectAsync(
            server.Url + "/echo", options => options.RemoteCertificateValidationCallback = IsTrusted))
        {
            foreach (int size in (int[])[0, 125, 126, 65_535, 65_536, 4_000_000]) await client.ExpectEchoesAsync(size);
            await client.ExpectEchoesAsync(1_000_000, fragment: 1000);
            Assert.Equal(4999, (await client.CloseAsync(4999, "")).Code);
        }

        // The guard of all these tests: whoever does not know the CA does not get in.
        await Assert.ThrowsAnyAsync<Exception>(() => DotNetClient.ConnectAsync(server.Url + "/echo"));
        await server.StopAsync();

        bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;
            chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(_certificates.Authority.Certificate);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return chain.Build((X509Certificate2)certificate!);
        }
    }

    [RequiresFact(Tool.Curl)]
    public async Task Curl_gets_the_page_by_HTTP_1_1_from_the_name_in_the_certificate()
    {
        await using ServerProcess server = await app.StartSecureAsync(_certificates.Create());
        CommandResult page = await Command.RunAsync(
            Tools.Curl,
            ["--silent", "--show-error", "--noproxy", "*", "--cacert", _certificates.AuthorityFile,
                "--write-out", "\n%{http_code} %{http_version} %{ssl_verify_result}", $"https://localhost:{server.Port}/"]);
        await server.StopAsync();
        Assert.True(page.ExitCode == 0, page.All);
        Assert.Contains("<!doctype html>", page.Output, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\n200 1.1 0", page.Output, StringComparison.Ordinal);
    }

    [RequiresFact(Tool.OpenSsl)]
    public async Task Openssl_verifies_the_certificate_and_gets_an_answer()
    {
        await using ServerProcess server = await app.StartSecureAsync(_certificates.Create());
        OpenSslAnswer answer = await OpenSslClient.AskAsync(
            server.Port, OpenSslClient.Request,
            "-CAfile", _certificates.AuthorityFile, "-verify_return_error", "-verify_hostname", "localhost", "-servername", "localhost");
        await server.StopAsync();
        Assert.Contains("Verification: OK", answer.Text, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 200 OK", answer.Text, StringComparison.Ordinal);
    }

    private static void ExpectConversation(JsonElement verdict)
    {
        Assert.Empty(verdict.Strings("changed"));
        Assert.NotEqual(0, verdict.GetProperty("echoed").GetArrayLength());
        Assert.Equal(4999, verdict.GetProperty("byClient").GetProperty("code").GetInt32());
        Assert.Equal(1003, verdict.GetProperty("byServer").GetProperty("code").GetInt32());
    }

    private async Task ExpectEchoAsync(string script, string trust, int size)
    {
        JsonElement verdict = await RunAsync(
            script, trust, _certificates.AuthorityFile, url => [url + "/echo", size.ToString(null, null)]);
        foreach (string kind in (string[])["text", "binary"])
        {
            JsonElement echo = verdict.GetProperty(kind);
            Assert.True(echo.GetProperty("same").GetBoolean(), $"The {kind} message came back changed: {verdict}");
            Assert.Equal(size, echo.GetProperty("bytes").GetInt32());
        }

        Assert.Equal(1000, verdict.GetProperty("code").GetInt32());
    }

    /// <param name="script">The client.</param>
    /// <param name="variable">The variable by which its runtime is told whom to trust.</param>
    /// <param name="value">What it says.</param>
    /// <param name="arguments">The arguments, for the server's address.</param>
    private async Task<JsonElement> RunAsync(string script, string variable, string value, Func<string, string[]> arguments)
    {
        await using ServerProcess server = await app.StartSecureAsync(_certificates.Create());
        JsonElement verdict = await ClientScript.RunAsync(script, new() { [variable] = value }, arguments(server.Url));
        await server.StopAsync();
        return verdict;
    }
}
