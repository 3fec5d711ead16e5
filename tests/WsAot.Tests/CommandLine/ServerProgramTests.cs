using WsAot.CommandLine;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Tests.CommandLine;

/// <summary>What becomes of errors. In one collection with those tests that change the folder and the environment of the process.</summary>
[Collection(ServerConfigurationTests.Collection)]
public sealed class ServerProgramTests
{
    public static TheoryData<string> Lists => [.. OptionTable.Rows.Where(static row => row.Value == "list").Select(static row => row.Name)];

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--version")]
    [InlineData("--urls", "nowhere", "--help")]
    [InlineData("--version", "--urls", "x")]
    [InlineData("--urls", "x", "--version")]
    [InlineData("--colour", "--Version")]
    [InlineData("--HELP", "--version", "serve")]
    public async Task A_question_is_answered_wherever_it_stands(params string[] args) => Assert.Equal(0, await RunAsync(args));

    [Theory]
    [InlineData("--colour", "red")]
    [InlineData("serve")]
    [InlineData("--versions")]
    [InlineData("--version=1")]
    [InlineData("--loops", "-1")]
    [InlineData("--urls", "wss://127.0.0.1:0")]
    [InlineData("--urls", "wss://127.0.0.1:0", "--tls-key-file", "a.key")]
    [InlineData("--urls", "ws://127.0.0.1:0", "--redirect-http", "https")]
    public async Task A_wrong_option_ends_with_2(params string[] args) => Assert.Equal(2, await RunAsync(args));

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_with_an_entry_that_is_none_ends_with_2(string option) =>
        Assert.Equal(2, await RunAsync(["--" + option, "a//b c"]));

    [Fact]
    public async Task A_wrong_option_that_the_application_sets_is_wrong_usage()
    {
        Assert.Equal(2, await RunAsync([], static builder => builder.Options.Urls = "bad"));
        Assert.Equal(2, await RunAsync([], static builder => builder.Options.AllowedOrigins = "bad"));
        Assert.Equal(2, await RunAsync([], static builder => builder.Options.Loops = -1));
    }

    [Fact]
    public async Task A_wrong_option_of_the_application_itself_ends_with_2() =>
        Assert.Equal(2, await RunAsync([], static _ => throw new WsOptionException("'ticker:interval' is 0.")));

    [Fact]
    public async Task A_transport_that_cannot_be_had_ends_with_1() =>
        Assert.Equal(1, await RunAsync([], static builder => builder.CreateTransport = static _ => throw new TransportException("none")));

    public static TheoryData<Exception> Exceptions =>
    [
        new ArgumentException("a key twice"), new ArgumentNullException("name"), new IOException("a file"), new FileNotFoundException(),
        new TransportException("of another server"), new InvalidOperationException(), new FormatException(),
    ];

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task What_the_application_throws_while_it_configures_the_server_is_not_caught(Exception exception) =>
        Assert.Same(exception, await Record.ExceptionAsync(() => RunAsync([], _ => throw exception)));

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task What_a_container_of_the_application_throws_is_not_caught(Exception exception)
    {
        if (exception is TransportException) return;
        Assert.Same(
            exception,
            await Record.ExceptionAsync(() => RunAsync([], builder => builder.Services.Fallback = new Throwing(exception))));
    }

    [Fact]
    public async Task What_a_factory_of_a_transport_throws_is_not_caught()
    {
        var exception = new IOException("a file");
        Assert.Same(
            exception,
            await Record.ExceptionAsync(() => RunAsync([], builder => builder.CreateTransport = _ => throw exception)));
    }

    [Fact]
    public async Task Combined_routes_that_match_the_same_paths_end_with_1()
    {
        WsRouteTable twice = WsRouteTable.Combine(WsRoutes.Table, WsRoutes.Table);
        Assert.Equal(1, await WsServer.RunAsync(twice, []));
        Assert.Equal(1, await WsServer.RunAsync(twice, ["--describe", "routes"]));
        Assert.Equal(1, await WsServer.RunAsync(WsRouteTable.Combine(twice), []));
        Assert.Equal(0, await WsServer.RunAsync(twice, ["--help"]));
    }

    private static Task<int> RunAsync(string[] args, Action<WsServerBuilder>? configure = null) =>
        WsServer.RunAsync(WsRoutes.Table, args, configure);

    private sealed class Throwing(Exception exception) : IServiceProvider
    {
        public object? GetService(Type serviceType) => throw exception;
    }
}
