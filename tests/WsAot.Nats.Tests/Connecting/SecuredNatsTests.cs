using NATS.NKeys;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Connecting;

/// <summary>NATS servers that do not let everybody in: what does, and what is said if it is wrong.</summary>
public sealed class SecuredNatsTests : IDisposable
{
    private readonly string _config = Path.GetTempFileName();
    private readonly string _secret = Path.GetTempFileName();
    private readonly CertificateFiles _certificates = new();

    public void Dispose()
    {
        File.Delete(_config);
        File.Delete(_secret);
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_user_and_a_password()
    {
        await using NatsServer nats = await StartAsync("authorization { user: me, password: secret }");
        await ConnectsAsync(nats, static options => (options.User, options.Password) = ("me", "secret"));
        await IsRefusedAsync(nats, static options => (options.User, options.Password) = ("me", "wrong"), "nats:user and nats:password");
        await IsRefusedAsync(nats, static _ => { }, "nats:user, nats:token, nats:seedFile or nats:credentialsFile");
    }

    [Fact]
    public async Task A_token()
    {
        await using NatsServer nats = await StartAsync("authorization { token: secret }");
        await ConnectsAsync(nats, static options => options.Token = "secret");
        await IsRefusedAsync(nats, static options => options.Token = "wrong", "nats:token");
    }

    [Fact]
    public async Task The_seed_of_a_key()
    {
        KeyPair key = KeyPair.CreatePair(PrefixByte.User);
        await using NatsServer nats = await StartAsync($"authorization {{ users: [ {{ nkey: {key.GetPublicKey()} }} ] }}");
        await File.WriteAllTextAsync(_secret, key.GetSeed());
        await ConnectsAsync(nats, options => options.SeedFile = _secret);
        await File.WriteAllTextAsync(_secret, KeyPair.CreatePair(PrefixByte.User).GetSeed());
        await IsRefusedAsync(nats, options => options.SeedFile = _secret, "nats:seedFile");
    }

    [Fact]
    public async Task Credentials_of_an_account()
    {
        var account = new NatsAccount();
        await using NatsServer nats = await StartAsync(account.Config);
        await File.WriteAllTextAsync(_secret, account.CreateCredentials());
        await ConnectsAsync(nats, options => options.CredentialsFile = _secret);
        await File.WriteAllTextAsync(_secret, new NatsAccount().CreateCredentials());
        await IsRefusedAsync(nats, options => options.CredentialsFile = _secret, "nats:credentialsFile");
    }

    [Fact]
    public async Task TLS_with_an_own_authority_and_a_certificate_of_the_client()
    {
        await using NatsServer nats = await StartAsync($$"""
            tls {
              cert_file: "{{_certificates["server.pem"]}}", key_file: "{{_certificates["server.key"]}}"
              ca_file: "{{_certificates["ca.pem"]}}", verify: true
            }
            """);
        string ca = _certificates["ca.pem"];
        await ConnectsAsync(nats, options =>
        {
            (options.Url, options.CaFile) = (options.Url.Replace("nats://", "tls://"), ca);
            (options.CertificateFile, options.KeyFile) = (_certificates["client.pem"], _certificates["client.key"]);
        });
        await IsRefusedAsync(nats, static options => options.Url = options.Url.Replace("nats://", "tls://"), "nats:caFile");
        await IsRefusedAsync(nats, options => options.CaFile = ca, "nats:certificateFile");
    }

    [Fact]
    public async Task TLS_that_the_address_does_not_ask_for()
    {
        await using NatsServer nats = await StartAsync($$"""
            tls { cert_file: "{{_certificates["server.pem"]}}", key_file: "{{_certificates["server.key"]}}" }
            """);
        await ConnectsAsync(nats, options => options.CaFile = _certificates["ca.pem"]);
        await IsRefusedAsync(nats, static _ => { }, "nats:caFile");
    }

    [Fact]
    public async Task TLS_that_the_server_does_not_speak()
    {
        await using NatsServer nats = await StartAsync("");
        await IsRefusedAsync(nats, static options => options.Url = options.Url.Replace("nats://", "tls://"), "nats://");
    }

    private static async Task ConnectsAsync(NatsServer nats, Action<WsNatsOptions> configure)
    {
        await using Node node = await Node.StartAsync(nats.Url, configure, AddTopics);
        await Wait.UntilAsync(() => node.Backplane.Problem is null, () => string.Join('\n', node.Log.Lines));
        WsTopicPosition first = await node.Server.PublishAsync("kept/a", "1");
        Assert.True(first.Offset > 0);
    }

    private static async Task IsRefusedAsync(NatsServer nats, Action<WsNatsOptions> configure, string advice)
    {
        await using Node node = await Node.StartAsync(
            nats.Url,
            options =>
            {
                options.StoreTimeoutMs = 100;
                configure(options);
            },
            AddTopics);
        await Wait.UntilAsync(
            () => node.Log.Lines.Any(line => line.StartsWith("Warning: Cannot connect to NATS") && line.Contains(advice)),
            () => string.Join('\n', node.Log.Lines));
        Assert.Equal("NATS is not connected", node.Backplane.Problem);
    }

    private static void AddTopics(WsServerBuilder builder) => builder.Topics.Add("kept/{name}", new WsTopicOptions { History = 10 });

    private async Task<NatsServer> StartAsync(string config)
    {
        await File.WriteAllTextAsync(_config, config);
        return await NatsServer.StartAsync("-c", _config);
    }
}
