using WsAot.Server;
using WsAot.Tests.Harness;

namespace WsAot.Tests.CommandLine;

/// <summary><c>--check</c>: everything that is wrong, not the first of it, and nothing is started.</summary>
[Collection(ServerConfigurationTests.Collection)]
public sealed class OptionCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wsaot-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Each_fault_of_each_source_is_named()
    {
        string file = Path.Combine(_folder.FullName, "a.json");
        File.WriteAllText(
            file,
            """
            {
              "colour": "red", "maxFragments": "many", "drainBatch": 0, "transport": { "name": "epoll" },
              "logLevel": { "A": "loud", "B": "debug" },
              "tls": { "certificates": [ { "certificateFil": "x" }, 7 ], "other": 1 }
            }
            """);
        Assert.Equal(
            [
                "'serve' is not an option.",
                "Unknown option '--colour'.",
                "Option '--loops' needs a value.",
                "The configuration file 'none.json' does not exist.",
                $"Unknown option 'colour' in {file}.",
                $"Option 'transport' in {file} must have one value.",
                "Option 'max-fragments' must be a whole number, not 'many'.",
                "Unknown option 'tls:certificates:0:certificateFil': "
                    + "the options there are hosts, certificateFile, keyFile, keyPasswordFile.",
                "Option 'tls:certificates:1' must be a certificate in a list: { \"certificateFile\": ... }.",
                "Unknown option 'tls:other': the options there are certificates.",
                "Option 'tls:other' must be a list of certificates.",
                "DrainBatch must be 1 to 1000000, not 0.",
                "Option 'logLevel:A' must be one of trace, debug, information, warning, error, critical, none, not 'loud'.",
            ],
            Read("serve", "--colour", "green", "--loops", "--config", file, "--config", "none.json").All);
    }

    [Fact]
    public void Each_wrong_entry_of_a_list_and_each_option_that_needs_another_is_named()
    {
        OptionErrors errors = Check(
            "--urls", "ws://127.0.0.1:1;nowhere;ws://127.0.0.1:2;wss://", "--allowed-origins", "a;b",
            "--trusted-proxies", "10.0.0.0/8;x;y/3", "--admin-urls", "http://*:9;ftp://a");
        string[] starts =
        [
            "AllowedOrigins: 'a'", "AllowedOrigins: 'b'", "Urls: 'nowhere'", "Urls: 'wss://'", "AdminUrls (--admin-urls): 'ftp://a'",
        ];
        foreach (string start in starts) Assert.Single(errors.All, error => error.StartsWith(start, StringComparison.Ordinal));
        errors = Check(
            "--trusted-proxies", "10.0.0.0/8;x;y/3", "--tls-key-file", "a", "--tls-client-ca-file", "b", "--unix-socket-mode", "9");
        Assert.Equal(5, errors.All.Count);
    }

    [Fact]
    public void Addresses_that_cannot_be_read_hide_nothing_else()
    {
        OptionErrors errors = Check(
            "--urls", "ws://nope", "--trusted-proxies", "10.0.0/8;foo",
            "--unix-socket-mode", "999", "--tls-client-certificate", "required");
        Assert.Equal(5, errors.All.Count);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        OptionErrors errors = Check(
            "--urls", "wss://127.0.0.1:0", "--tls-certificate-file", "none.pem",
            "--admin-urls", "http://127.0.0.1:0", "--admin-token-file", "none.token");
        Assert.Equal(2, errors.All.Count);
        Assert.Contains("none.token cannot be read", errors.All[0], StringComparison.Ordinal);
        Assert.Contains("'none.pem' cannot be read", errors.All[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_0_or_2_and_runs_the_application_s_own_code_but_no_server()
    {
        Assert.Equal(0, await RunAsync(["--check", "--urls", "ws://127.0.0.1:0"]));
        Assert.Equal(0, await RunAsync(["--urls", "ws://127.0.0.1:0", "--CHECK"]));
        Assert.Equal(2, await RunAsync(["--check", "--loops", "x"]));
        Assert.Equal(2, await RunAsync(["--check", "--urls", "nowhere"]));
        Assert.Equal(2, await RunAsync(["--check"], static _ => throw new WsOptionException("'ticker:interval' is 0.")));
        Assert.Equal(0, await RunAsync(["--check", "--urls", "nowhere"], static builder => builder.Options.Urls = "ws://127.0.0.1:0"));
    }

    [Fact]
    public async Task A_service_that_is_missing_is_named()
    {
        WsServerBuilder builder = Builder("--urls", "ws://127.0.0.1:0");
        Assert.Equal(2, await builder.RunAsync());
        Assert.Contains("Script", Assert.Single(builder.CheckErrors!.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_only_checked_does_not_start()
    {
        await using WsServer server = Builder("--urls", "ws://127.0.0.1:0").Build();
        Assert.Contains("--check", Assert.Throws<WsStartException>(server.Start).Message, StringComparison.Ordinal);
    }

    private static Task<int> RunAsync(string[] args, Action<WsServerBuilder>? configure = null) =>
        WsServer.RunAsync(
            WsRoutes.Table,
            args,
            builder =>
            {
                AddServices(builder);
                configure?.Invoke(builder);
            });

    private static void AddServices(WsServerBuilder builder)
    {
        var script = new Script();
        builder.Services.Add(script).AddTransient<ConnectionResource>(_ => new ConnectionResource(script));
    }

    private static WsServerBuilder Builder(params string[] args)
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        Assert.True(builder.TryReadCommandLine(["--check", .. args], out _));
        return builder;
    }

    private static OptionErrors Read(params string[] args) => Builder(args).CheckErrors!;

    private static OptionErrors Check(params string[] args)
    {
        WsServerBuilder builder = Builder(args);
        AddServices(builder);
        _ = builder.RunAsync();
        return builder.CheckErrors!;
    }
}
