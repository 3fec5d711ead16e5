using Microsoft.Extensions.Logging;
using WsAot.CommandLine;
using WsAot.Logging;
using WsAot.Server;

namespace WsAot.Tests.CommandLine;

/// <summary>
/// Changes what belongs to the whole process, the folder and the environment; no test outside of the collection looks at either.
/// </summary>
[Collection(Collection)]
public sealed class ServerConfigurationTests : IDisposable
{
    public const string Collection = "the folder and the environment of the process";

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
    [InlineData("Loops must be 0 to 1024, not -1", "--loops", "-1")]
    [InlineData("PongTimeoutMs must be 1 to 86400000, not 0", "--pong-timeout-ms", "0")]
    [InlineData("'transport'", "--transport", "tcp")]
    [InlineData("'transport' must be one of auto, epoll, sockets, not '7'", "--transport", "7")]
    [InlineData("'slow-consumer' must be one of drop, close", "--slow-consumer", "default")]
    [InlineData("'log-level' must be one of", "--log-level", "9")]
    [InlineData("'log-format' must be one of text, json", "--log-format", "9")]
    [InlineData("'log-connections' must be one of true, false, not '1'", "--log-connections", "1")]
    [InlineData("'log-connections' needs a value", "--log-connections=")]
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
            ["WSAOT_MAX_FRAGMENTS", "WSAOT_PORT_80_TCP"], ServerConfiguration.FindUnknownVariables().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_number_has_a_range()
    {
        foreach (System.Reflection.PropertyInfo property in typeof(WsServerOptions).GetProperties()
            .Where(static property => property.PropertyType == typeof(int)))
        {
            var options = new WsServerOptions();
            property.SetValue(options, -1);
            Assert.StartsWith(property.Name + " must be ", OptionRules.FindError(options), StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        foreach (string variable in _variables) Environment.SetEnvironmentVariable(variable, null);
        Environment.CurrentDirectory = _formerFolder;
        _folder.Delete(recursive: true);
    }

    private void Bind(params string[] args) => ServerConfiguration.Bind(args, _server, _host);

    private void AssertRefused(string message, params string[] args)
    {
        string found = Assert.Throws<UsageException>(() => Bind(args)).Message;
        Assert.Contains(message, found, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\n', found);
    }

    private static void WriteFile(string json) => File.WriteAllText(ServerConfiguration.FileName, json);

    private void Set(string name, string value)
    {
        _variables.Add("WSAOT_" + name);
        Environment.SetEnvironmentVariable("WSAOT_" + name, value);
    }
}
