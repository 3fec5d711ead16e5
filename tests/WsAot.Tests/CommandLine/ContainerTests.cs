using WsAot.Routing;
using WsAot.Tests.Harness;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.CommandLine;

/// <summary>The warning for a server in a container that listens on the default address.</summary>
[Collection(ServerConfigurationTests.Collection)]
public sealed class ContainerTests
{
    [Theory]
    [InlineData(true, "wsaot", "WSAOT_URLS")]
    [InlineData(true, "my.server", "MY_SERVER_URLS")]
    [InlineData(false, "wsaot", null)]
    public async Task The_default_address_is_warned_of_in_a_container(bool isInside, string name, string? variable) =>
        Assert.Equal(variable, await WarnedOfAsync(isInside, builder => builder.ReadOptions([], name)));

    [Fact]
    public async Task Who_names_an_address_means_it()
    {
        Assert.Null(await WarnedOfAsync(true, static builder => builder.ReadOptions(["--urls", WsServerOptions.DefaultUrls])));
        Assert.Null(await WarnedOfAsync(true, static builder =>
        {
            builder.ReadOptions([]);
            builder.Options.Urls = "ws://localhost:8080";
        }));
    }

    [Fact]
    public async Task A_part_of_another_program_is_not_warned() => Assert.Null(await WarnedOfAsync(true, static _ => { }));

    private static async Task<string?> WarnedOfAsync(bool isInside, Action<WsServerBuilder> configure)
    {
        var log = new ListLog();
        WsServerBuilder builder = WsServer.CreateBuilder(WsRouteTable.Combine());
        builder.CreateTransport = static options => new InMemoryTransport(options);
        builder.LoggerFactory = log;
        builder.IsInContainer = () => isInside;
        configure(builder);
        await using WsServer server = builder.Build();
        string? line = log.Entries.Select(static entry => entry.Message).SingleOrDefault(
            static message => message.Contains("in a container", StringComparison.Ordinal));
        return line?.Split("Set ")[1].Split('=')[0];
    }
}
