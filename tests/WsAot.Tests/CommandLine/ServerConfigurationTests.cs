using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using WsAot.CommandLine;
using WsAot.Logging;
using WsAot.Server;
using WsAot.Tests.Harness;

namespace WsAot.Tests.CommandLine;

/// <summary>
/// Changes what belongs to the whole process, the folder and the environment; no test outside of the collection looks at either.
/// </summary>
[Collection(Collection)]
public sealed class ServerConfigurationTests : IDisposable
{
    public const string Collection = "the folder and the environment of the process";

    private static readonly ConfigurationNames s_names = new("wsaot");

    private readonly string _formerFolder = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wsaot-");
    private readonly List<string> _variables = [];
    private readonly WsServerOptions _server = new();
    private readonly HostOptions _host = new();

    public ServerConfigurationTests() => Environment.CurrentDirectory = _folder.FullName;

    [Fact]
    public void Nothing_said_leaves_the_defaults()
    {
        Bind();
        Assert.Equal(65_536, _server.MaxMessageBytes);
    }

    [Fact]
    public void The_environment_wins_over_the_file_and_the_command_line_over_both()
    {
        WriteFile("""{ "maxMessageBytes": 1, "maxFragments": 1, "loops": 1, "logFormat": "json" }""");
        Set("MAXFRAGMENTS", "2");
        Set("LOOPS", "2");
        Bind("--loops", "3");
        Assert.Equal((1, 2, 3), (_server.MaxMessageBytes, _server.MaxFragments, _server.Loops));
        Assert.Equal(LogFormat.Json, _host.LogFormat);
    }

    [Fact]
    public void No_origins_is_a_value_too_and_wins_over_some()
    {
        WriteFile("""{ "allowedOrigins": "*" }""");
        Set("ALLOWEDORIGINS", "");
        Bind();
        Assert.Equal("", _server.AllowedOrigins);
    }

    [Fact]
    public void Both_forms_of_an_option_are_understood()
    {
        Bind(
            "--log-level=debug",
            "--Max-Head-Bytes",
            "300",
            "--urls",
            "ws://127.0.0.1:1;ws://127.0.0.1:2",
            "--allowed-origins=",
            "--slow-consumer",
            "CLOSE");
        Assert.Equal((LogLevel.Debug, 300, SlowConsumerPolicy.Close), (_host.LogLevel, _server.MaxHeadBytes, _server.SlowConsumer));
        Assert.Equal("ws://127.0.0.1:1;ws://127.0.0.1:2", _server.Urls);
    }

    [Theory]
    [InlineData(true, "--log-connections")]
    [InlineData(true, "--log-connections", "--loops", "1")]
    [InlineData(true, "--loops", "1", "--log-connections")]
    [InlineData(true, "--log-connections", "TRUE")]
    [InlineData(true, "--LOG-CONNECTIONS=true", "--loops", "1")]
    [InlineData(false, "--log-connections", "false", "--loops", "1")]
    [InlineData(false)]
    public void A_switch_needs_no_value(bool isOn, params string[] args)
    {
        Bind(args);
        Assert.Equal(isOn, _server.LogConnections);
    }

    [Fact]
    public void In_the_file_and_the_environment_a_switch_has_a_value()
    {
        WriteFile("""{ "logConnections": true }""");
        Bind();
        Assert.True(_server.LogConnections);
        Set("LOGCONNECTIONS", "false");
        Bind();
        Assert.False(_server.LogConnections);
    }

    [Theory]
    [InlineData("'--max-fragment'", "--max-fragment", "1")]
    [InlineData("'loops' is not an option", "loops", "1")]
    [InlineData("'--loops' needs a value", "--loops")]
    [InlineData("'loops' needs a value", "--loops=")]
    [InlineData("'--loops' needs a value", "--loops", "--urls", "ws://127.0.0.1:1")]
    [InlineData("'loops' needs a value", "--loops", "")]
    [InlineData("'urls' needs a value", "--urls", "")]
    [InlineData("'loops'", "--loops", "many")]
    [InlineData("'loops' must be a whole number, not '99999999999'", "--loops", "99999999999")]
    [InlineData("'max-memory-bytes' must be a whole number, not '1G'", "--max-memory-bytes", "1G")]
    [InlineData("'max-memory-bytes' must be a whole number", "--max-memory-bytes", "99999999999999999999")]
    [InlineData("'rate-limit-policy' must be one of pause, close, not 'default'", "--rate-limit-policy", "default")]
    [InlineData("'user-limit-policy' must be one of refuse, replace, not '1'", "--user-limit-policy", "1")]
    [InlineData("Loops must be 0 to 1024, not -1", "--loops", "-1")]
    [InlineData("PongTimeoutMs must be 1 to 86400000, not 0", "--pong-timeout-ms", "0")]
    [InlineData("'transport'", "--transport", "tcp")]
    [InlineData("'transport' must be one of auto, epoll, sockets, not '7'", "--transport", "7")]
    [InlineData("'slow-consumer' must be one of drop, close", "--slow-consumer", "default")]
    [InlineData("'log-level' must be one of", "--log-level", "9")]
    [InlineData("'log-format' must be one of text, json", "--log-format", "9")]
    [InlineData("'log-connections' must be one of true, false, not '1'", "--log-connections", "1")]
    [InlineData("'log-connections' needs a value", "--log-connections=")]
    [InlineData("'tls-min-version' must be one of 1.2, 1.3, not '1.1'", "--tls-min-version", "1.1")]
    [InlineData("'tls-client-certificate' must be one of none, optional, required, not '1'", "--tls-client-certificate", "1")]
    [InlineData("'redirect-http' must be one of https, not 'http'", "--redirect-http", "http")]
    [InlineData("HstsMaxAgeSeconds must be 0 to 2147483647, not -1", "--hsts-max-age-seconds", "-1")]
    public void A_mistake_on_the_command_line_is_named(string message, params string[] args) => AssertRefused(message, args);

    [Theory]
    [InlineData("""{ "maxFragment": 1 }""", "Unknown option 'maxFragment' in wsaot.json")]
    [InlineData("""{ "max-fragments": 1 }""", "Unknown option 'max-fragments' in wsaot.json")]
    [InlineData("""{ "loops": { "a": 1 } }""", "'loops' in wsaot.json must have one value")]
    [InlineData("""{ "loops": "" }""", "'loops' needs a value")]
    [InlineData("""{ "loops": true }""", "'loops'")]
    [InlineData("""{ "loops": 1""", "wsaot.json cannot be read")]
    [InlineData("[]", "wsaot.json cannot be read")]
    [InlineData("", "wsaot.json cannot be read")]
    public void A_mistake_in_the_file_is_named(string json, string message)
    {
        WriteFile(json);
        AssertRefused(message);
    }

    [Theory]
    [InlineData("LOOPS", "x", "'LOOPS'")]
    [InlineData("LOOPS", "5000", "Loops must be 0 to 1024, not 5000")]
    public void A_mistake_in_the_environment_is_named(string name, string value, string message)
    {
        Set(name, value);
        AssertRefused(message);
    }

    [Fact]
    public void A_variable_that_is_no_option_is_told_and_does_no_harm()
    {
        Set("MAX_FRAGMENTS", "1");
        Set("PORT_80_TCP", "tcp://10.0.0.1:80");
        Bind();
        Assert.Equal(
            ["WSAOT_MAX_FRAGMENTS", "WSAOT_PORT_80_TCP"], ServerConfiguration.FindUnknownVariables(s_names).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_has_a_name_of_its_own_is_the_applications()
    {
        WriteFile("""{ "loops": 1, "ticker": { "source": "file", "symbols": ["A", "B"], "depth": 1 }, "nothing": {} }""");
        Set("TICKER__SOURCE", "environment");
        Set("TICKER__DEPTH", "2");
        IConfiguration configuration = Bind("--ticker:depth", "3", "--ticker:limits:high=4", "--other:thing", "a=b");
        Assert.Equal("environment", configuration["ticker:source"]);
        Assert.Equal("3", configuration["Ticker:Depth"]);
        Assert.Equal("4", configuration["ticker:limits:high"]);
        Assert.Equal("a=b", configuration["other:thing"]);
        Assert.Equal(["A", "B"], configuration.GetSection("ticker:symbols").GetChildren().Select(static one => one.Value));
        Assert.Equal(1, _server.Loops);
        Assert.Empty(ServerConfiguration.FindUnknownVariables(s_names));
    }

    [Fact]
    public void A_list_in_the_file_is_the_value_of_an_option_that_takes_one()
    {
        WriteFile("""{ "urls": ["ws://127.0.0.1:1", "ws://127.0.0.1:2"], "allowedOrigins": ["https://a.example"] }""");
        Bind();
        Assert.Equal(("ws://127.0.0.1:1;ws://127.0.0.1:2", "https://a.example"), (_server.Urls, _server.AllowedOrigins));
        Bind("--urls", "ws://127.0.0.1:3");
        Assert.Equal("ws://127.0.0.1:3", _server.Urls);
    }

    [Theory]
    [InlineData("""{ "loops": [1] }""", "'loops' in wsaot.json must have one value")]
    [InlineData("""{ "urls": [["ws://127.0.0.1:1"]] }""", "'urls' in wsaot.json must have one value")]
    [InlineData("""{ "urls": { "a": "ws://127.0.0.1:1" } }""", "'urls' in wsaot.json must have one value")]
    [InlineData("""{ "urls": [] }""", "'urls'")]
    [InlineData("""{ "allowedOrigin": ["https://a.example"] }""", "Unknown option 'allowedOrigin' in wsaot.json: put lists")]
    [InlineData("""{ "urls": null }""", "'urls'")]
    [InlineData("""{ "logLevel": { "WsAot": "loud" } }""", "'logLevel:WsAot' must be one of trace")]
    [InlineData("""{ "logLevel": { "WsAot": { "Server": "debug" } } }""", "'logLevel:WsAot' must be one of trace")]
    public void A_mistake_in_a_section_of_ours_is_named(string json, string message)
    {
        WriteFile(json);
        string found = Assert.Throws<WsOptionException>(() => Levels(Bind())).Message;
        Assert.Contains(message, found, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_level_for_all_wins_over_the_default_of_an_earlier_source()
    {
        WriteFile("""{ "logLevel": { "default": "warning", "WsAot": "error" } }""");
        Assert.Equal(LogLevel.Warning, Levels(Bind()).LevelFor("Other"));
        Set("LOGLEVEL", "trace");
        Assert.Equal(LogLevel.Trace, Levels(Bind()).LevelFor("Other"));
        LogFilter filter = Levels(Bind("--log-level", "debug"));
        Assert.Equal((LogLevel.Debug, LogLevel.Error), (filter.LevelFor("Other"), filter.LevelFor("WsAot.Server")));
    }

    [Fact]
    public void A_list_in_the_environment_is_read_or_refused()
    {
        Set("URLS__0", "ws://127.0.0.1:1");
        Bind();
        Assert.Equal("ws://127.0.0.1:1", _server.Urls);
        Set("LOOPS__A", "1");
        AssertRefused("'LOOPS' in the environment must have one value");
    }

    [Theory]
    [InlineData("'--loops' has one value", "--loops:a", "1")]
    [InlineData("it has an empty name", "--:a", "1")]
    [InlineData("it has an empty name", "--a:", "1")]
    [InlineData("'--a:b' needs a value", "--a:b")]
    [InlineData("'--config' needs a value", "--config")]
    [InlineData("'none.json' does not exist", "--config", "none.json")]
    public void A_mistake_in_what_is_not_an_option_is_named(string message, params string[] args) => AssertRefused(message, args);

    [Fact]
    public void Files_that_are_named_are_read_in_their_order_in_place_of_the_usual_one()
    {
        WriteFile("""{ "loops": 1, "maxFragments": 1 }""");
        File.WriteAllText("a.json", """{ "loops": 2, "maxHeadBytes": 300, "x": { "a": 1, "b": 1 } }""");
        File.WriteAllText("b.json", """{ "loops": 3, "x": { "b": 2 } }""");
        IConfiguration configuration = Bind("--config", "a.json", "--CONFIG=b.json");
        Assert.Equal((3, 300, 0), (_server.Loops, _server.MaxHeadBytes, _server.MaxFragments));
        Assert.Equal(("1", "2"), (configuration["x:a"], configuration["x:b"]));
    }

    [Fact]
    public void An_application_has_its_own_file_and_prefix()
    {
        WriteFile("""{ "loops": 1 }""");
        Set("LOOPS", "2");
        File.WriteAllText("my.server-1.json", """{ "loops": 3 }""");
        SetVariable("MY_SERVER_1_MAXFRAGMENTS", "4");
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table).ReadOptions([], "my.server-1");
        Assert.Equal((3, 4), (builder.Options.Loops, builder.Options.MaxFragments));
    }

    [Fact]
    public void A_prefix_does_not_begin_with_a_digit() => Assert.Equal("_2FAST_", new ConfigurationNames("2fast").EnvironmentPrefix);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a/b")]
    public void A_name_that_no_file_can_have_is_refused(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => WsServer.CreateBuilder(WsRoutes.Table).ReadOptions([], name));

    [Fact]
    public void The_file_beside_the_executable_is_read_if_there_is_none_in_the_folder()
    {
        var names = new ConfigurationNames("beside-" + Guid.NewGuid().ToString("N"));
        string beside = Path.Combine(AppContext.BaseDirectory, names.FileName);
        File.WriteAllText(beside, """{ "loops": 1 }""");
        try
        {
            Assert.Equal("1", Load([], names)["loops"]);
            File.WriteAllText(names.FileName, """{ "loops": 2 }""");
            Assert.Equal("2", Load([], names)["loops"]);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    [Fact]
    public void Each_category_can_have_a_level_of_its_own()
    {
        WriteFile("""{ "logLevel": { "default": "warning", "WsAot": "error", "WsAot.Server": "debug" } }""");
        LogFilter filter = Levels(Bind("--log-level:My.App", "TRACE"));
        Assert.Equal(LogLevel.Warning, filter.LevelFor("Other"));
        Assert.Equal(LogLevel.Error, filter.LevelFor("WsAot.Other"));
        Assert.Equal(LogLevel.Debug, filter.LevelFor("WsAot.Server"));
        Assert.Equal(LogLevel.Debug, filter.LevelFor("wsaot.server.Loops"));
        Assert.Equal(LogLevel.Error, filter.LevelFor("WsAot.Servers"));
        Assert.Equal(LogLevel.Trace, filter.LevelFor("My.App.Ticks"));
        Assert.Equal(LogLevel.Warning, filter.LevelFor("My.Apps"));
    }

    [Fact]
    public void One_level_for_all_and_one_for_a_category_go_together()
    {
        LogFilter filter = Levels(Bind("--log-level", "error", "--log-level:WsAot.Server", "debug"));
        Assert.Equal((LogLevel.Error, LogLevel.Debug), (_host.LogLevel, filter.LevelFor("WsAot.Server")));
    }

    [Fact]
    public void Every_number_has_a_range()
    {
        foreach (System.Reflection.PropertyInfo property in typeof(WsServerOptions).GetProperties()
            .Where(static property => property.PropertyType == typeof(int)))
        {
            var options = new WsServerOptions();
            // -1 stands for a default where 0 is a value of its own.
            property.SetValue(options, -2);
            Assert.StartsWith(property.Name + " must be ", OptionFaults.InValues(options), StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        foreach (string variable in _variables) Environment.SetEnvironmentVariable(variable, null);
        Environment.CurrentDirectory = _formerFolder;
        _folder.Delete(recursive: true);
    }

    private static IConfiguration Load(string[] args, ConfigurationNames names)
    {
        var errors = new OptionErrors();
        ReadValues values = ServerConfiguration.Load(args, names, errors);
        errors.ThrowIfAny();
        return new ConfigurationBuilder().Add(values).Build();
    }

    private static LogFilter Levels(IConfiguration configuration)
    {
        var errors = new OptionErrors();
        LogFilter filter = LogLevels.Read(configuration, LogLevel.Information, errors);
        errors.ThrowIfAny();
        return filter;
    }

    private IConfiguration Bind(params string[] args)
    {
        IConfiguration configuration = Load(args, s_names);
        var errors = new OptionErrors();
        ServerConfiguration.Bind(configuration, _server, _host, errors);
        errors.ThrowIfAny();
        return configuration;
    }

    private void AssertRefused(string message, params string[] args)
    {
        string found = Assert.Throws<WsOptionException>(() => Bind(args)).Message;
        Assert.Contains(message, found, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\n', found);
    }

    private static void WriteFile(string json) => File.WriteAllText(s_names.FileName, json);

    private void Set(string name, string value) => SetVariable("WSAOT_" + name, value);

    private void SetVariable(string name, string value)
    {
        _variables.Add(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}
