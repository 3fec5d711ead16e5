using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using WsAot.CommandLine;
using WsAot.Logging;
using WsAot.Tests.Harness;

namespace WsAot.Tests.CommandLine;

/// <summary>What SIGHUP does: the options of a program are read again.</summary>
[Collection(ServerConfigurationTests.Collection)]
public sealed class OptionReloadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wsaot-");
    private readonly string _file;
    private WsServerBuilder? _builder;
    private TestServer? _server;
    private OptionReload? _reload;

    public OptionReloadTests() => _file = Path.Combine(_folder.FullName, "wsaot.json");

    private TestServer Server => _server!;

    private WsServerOptions Options => Server.Server.Options;

    public void Dispose()
    {
        _server?.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void What_a_file_says_now_counts_and_the_command_line_wins_as_before()
    {
        Start("""{ "maxFragments": 5, "drainBatch": 7 }""", args: ["--max-head-bytes", "1000"]);
        Reload("""{ "maxFragments": 6, "maxHeadBytes": 2000, "allowedOrigins": ["https://a.example", "https://b.example"] }""");
        Assert.Equal((6, 1000), (Options.MaxFragments, Options.MaxHeadBytes));
        Assert.Equal("https://a.example;https://b.example", Options.AllowedOrigins);
        // It is not said any more.
        Assert.Equal(1000, Options.DrainBatch);
        Assert.Equal("Options have changed: AllowedOrigins, MaxFragments, DrainBatch.", Line(30));
    }

    [Fact]
    public void What_the_application_has_set_in_code_stays()
    {
        Start("""{ "maxFragments": 5 }""", static builder => builder.Options.MaxFragments = 50);
        Reload("""{ "maxFragments": 6, "drainBatch": 8 }""");
        Assert.Equal((50, 8), (Options.MaxFragments, Options.DrainBatch));
        Assert.Equal("Options have changed: DrainBatch.", Line(30));
    }

    [Fact]
    public void A_default_of_the_application_is_one_again_when_no_source_says_otherwise()
    {
        Start("""{ "drainBatch": 7 }""", before: static options => (options.DrainBatch, options.MaxFragments) = (70, 80));
        Assert.Equal((7, 80), (Options.DrainBatch, Options.MaxFragments));
        Reload("{ }");
        Assert.Equal((70, 80), (Options.DrainBatch, Options.MaxFragments));
    }

    [Theory]
    [InlineData("{ \"maxFragments\": 6, \"drainBatch\": 0 }", "DrainBatch must be 1 to")]
    [InlineData("{ \"maxFragments\": 6, \"allowedOrigins\": \"bad\" }", "'bad'")]
    [InlineData("{ \"maxFragments\": 6, \"colour\": \"red\" }", "Unknown option 'colour'")]
    [InlineData("{ \"maxFragments\": 6, \"logLevel\": { \"A\": \"loud\" } }", "'logLevel:A' must be one of")]
    [InlineData("{ \"tls\": { \"certificates\": [ { \"hosts\": [null], \"certificateFile\": \"c\" } ] } }", "a list of hosts")]
    [InlineData("{ \"tls\": { \"certificates\": [ { \"certificateFile\": null } ] } }", "must have one value")]
    [InlineData("{ \"tls\": { \"certificates\": [ { \"keyFile\": null, \"certificateFile\": \"c\" } ] } }", "must have one value")]
    [InlineData("{ \"maxFragments\": 6, \"adminUrls\": \"garbage\" }", "'garbage' cannot be used")]
    [InlineData("{ \"maxFragments\": 6, \"adminUrls\": \"http://0.0.0.0:9090\" }", "can be reached from other machines")]
    [InlineData("{ \"maxFragments\": 6", "cannot be read")]
    [InlineData("{ \"maxFragments\": \"six\" }", "must be a whole number")]
    [InlineData("{ \"maxFragments\": 6, \"adminTokenFile\": \"no.token\" }", "needs AdminUrls")]
    public void A_wrong_file_changes_nothing(string text, string message)
    {
        Start("""{ "maxFragments": 5, "ticker": { "interval": 1 } }""");
        WsServerOptions former = Options;
        Reload(text);
        Assert.Same(former, Options);
        Assert.Equal("1", _builder!.Configuration["ticker:interval"]);
        string line = Assert.Single(Server.Log.Errors).Message;
        Assert.StartsWith("SIGHUP: kept the old options, because the new ones are invalid: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line, StringComparison.Ordinal);
        Assert.True(Server.Server.Context.IsReloadRefused);
        Server.Log.Entries.Clear();
        Reload("""{ "maxFragments": 6 }""");
        Assert.Equal(6, Options.MaxFragments);
        Assert.False(Server.Server.Context.IsReloadRefused);
    }

    [Fact]
    public void A_file_that_is_gone_changes_nothing()
    {
        Start("""{ "maxFragments": 5 }""");
        File.Move(_file, _file + ".old");
        _reload!.Run();
        Assert.Equal(5, Options.MaxFragments);
        Assert.Contains($"'{_file}'", Assert.Single(Server.Log.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_application_hears_of_its_sections_as_everywhere_in_NET()
    {
        Start("""{ "ticker": { "interval": 1, "name": "a" }, "other": { "x": 1 } }""");
        IConfiguration configuration = _builder!.Configuration;
        var heard = new List<string?>();
        ChangeToken.OnChange(configuration.GetReloadToken, () => heard.Add(configuration["ticker:interval"]));
        Reload("""{ "ticker": { "interval": 2 }, "other": { "x": 1 } }""");
        Assert.Equal("Options have changed: ticker.", Line(30));
        Reload("""{ "ticker": { "interval": 3 }, "other": { "x": 1 } }""");
        Assert.Equal(["2", "3"], heard);
        Assert.Null(configuration["ticker:name"]);
    }

    [Fact]
    public void A_listener_that_fails_is_logged_and_the_options_count()
    {
        Start("{ }");
        ChangeToken.OnChange(_builder!.Configuration.GetReloadToken, static () => throw new InvalidOperationException("mine"));
        Reload("""{ "maxFragments": 6 }""");
        Assert.Equal(6, Options.MaxFragments);
        ListLog.Entry entry = Assert.Single(Server.Log.Errors);
        Assert.Equal("mine", entry.Exception!.GetBaseException().Message);
    }

    [Fact]
    public void Log_levels_change_and_the_format_takes_a_restart()
    {
        var output = new MemoryStream();
        var log = new ConsoleLog(new LogFilter(LogLevel.Warning, []), LogFormat.Text, output, TimeProvider.System);
        ILogger mine = log.CreateLogger("My.App");
        Start("""{ "logLevel": "warning" }""", builder => builder.LoggerFactory = log);
        Assert.False(mine.IsEnabled(LogLevel.Debug));
        Reload("""{ "logLevel": { "default": "information", "My.App": "debug" }, "logFormat": "json" }""");
        Assert.True(mine.IsEnabled(LogLevel.Debug));
        Assert.False(log.CreateLogger("Other").IsEnabled(LogLevel.Debug));
        string text = System.Text.Encoding.UTF8.GetString(output.ToArray());
        Assert.Contains("Options have changed: LogLevel.", text, StringComparison.Ordinal);
        Assert.Contains("Changed options that take effect after a restart: LogFormat.", text, StringComparison.Ordinal);
        Reload("""{ "logLevel": { "default": "error" } }""");
        Assert.False(mine.IsEnabled(LogLevel.Warning));
    }

    private void Start(
        string text, Action<WsServerBuilder>? configure = null, string[]? args = null, Action<WsServerOptions>? before = null)
    {
        File.WriteAllText(_file, text);
        _server = new TestServer(before, build: builder =>
        {
            _builder = builder;
            builder.ReadOptions(["--config", _file, .. args ?? []]);
            configure?.Invoke(builder);
        });
        _reload = _builder!.CreateReload(Server.Server);
    }

    private void Reload(string text)
    {
        File.WriteAllText(_file, text);
        _reload!.Run();
        Server.Run();
    }

    private string Line(int id) => Server.Log.Entries.Last(entry => entry.Id == id).Message;
}
