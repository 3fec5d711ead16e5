using Microsoft.Extensions.DependencyInjection;
using WsAot.Tests.Harness;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Services;

/// <summary>Services that handlers require are looked for when the server starts.</summary>
public sealed class StartTests
{
    private const string Missing = "Services are missing: ";

    [Fact]
    public async Task What_is_missing_is_named_with_its_handlers_and_parameters_in_one_line()
    {
        string message = await MessageAsync(static _ => { });
        Assert.StartsWith(Missing, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.Contains(
            "WsAot.Tests.Handlers.InScope takes 'ConnectionResource resource' in its constructor; ", message, StringComparison.Ordinal);
        Assert.Contains("WsAot.Tests.Handlers.InScope takes 'Script script' in 'Asked'", message, StringComparison.Ordinal);
        Assert.Contains(
            "Register them with builder.Services.Add<Script>(...), builder.Services.Add<ConnectionResource>(...), or in the container",
            message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_registered_is_not_named()
    {
        string message = await MessageAsync(static builder => builder.Services.Add(new Script()));
        Assert.Contains("ConnectionResource", message, StringComparison.Ordinal);
        Assert.DoesNotContain("'Script ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_container_is_asked_what_it_has_and_makes_nothing()
    {
        ServiceCollection services = new();
        string message = await MessageAsync(builder =>
            builder.Services.Fallback = services
                .AddScoped<ConnectionResource>(static _ => throw new NotSupportedException())
                .BuildServiceProvider());
        Assert.Contains("'Script ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("ConnectionResource", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fallback_that_cannot_say_what_it_has_is_not_asked()
    {
        var fallback = new Silent();
        await using WsServer server = Build(builder => builder.Services.Fallback = fallback);
        server.Start();
        Assert.DoesNotContain(typeof(Script), fallback.Asked);
    }

    [Fact]
    public async Task A_server_that_did_not_start_can_be_disposed_and_has_not_listened()
    {
        await using WsServer server = Build(static _ => { });
        Assert.Throws<WsStartException>(server.Start);
        Assert.Empty(server.Urls);
        Assert.Empty(server.Lifetime.Loops);
    }

    [Fact]
    public async Task RunAsync_ends_with_1() => Assert.Equal(1, await WsServer.RunAsync(WsRoutes.Table, ["--urls", "ws://127.0.0.1:0"]));

    private static async Task<string> MessageAsync(Action<WsServerBuilder> configure)
    {
        await using WsServer server = Build(configure);
        return Assert.Throws<WsStartException>(server.Start).Message;
    }

    private static WsServer Build(Action<WsServerBuilder> configure)
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.CreateTransport = static options => new InMemoryTransport(options);
        configure(builder);
        return builder.Build();
    }

    private sealed class Silent : IServiceProvider
    {
        public List<Type> Asked { get; } = [];

        public object? GetService(Type serviceType)
        {
            Asked.Add(serviceType);
            return null;
        }
    }
}
