using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WsAot.Routing;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Services;

/// <summary>Loggers by class and the server itself, without a container and with one.</summary>
public sealed class LoggerTests
{
    [Fact]
    public void A_handler_takes_the_server_and_loggers()
    {
        using var server = new TestServer();
        server.Open("/logging").Say("said");
        Assert.Equal(
            ["asked with 0 open", "opened True", "said False"],
            server.Log.Entries.Where(static entry => entry.Id == 0).Select(static entry => entry.Message));
    }

    [Fact]
    public async Task A_logger_is_of_the_category_of_its_class_and_made_once()
    {
        var factory = new Categories();
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.LoggerFactory = factory;
        await using WsServer server = builder.Build();
        Assert.Same(builder.Services.GetLogger<LoggerTests>(), builder.Services.GetLogger<LoggerTests>());
        Assert.Single(factory.Created, "WsAot.Tests.Services.LoggerTests");
    }

    [Fact]
    public async Task The_loggers_of_a_container_stand_before_the_servers_and_need_no_scope()
    {
        var log = new ListLog();
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.Services.Fallback = new ServiceCollection()
            .AddSingleton<ILogger<LoggerTests>>(new Logger<LoggerTests>(log))
            .BuildServiceProvider();
        await using WsServer server = builder.Build();
        builder.Services.ForConnection().GetRequiredService<WsServices>().GetLogger<LoggerTests>().LogInformation("a");
        Assert.Equal("a", Assert.Single(log.Entries).Message);
    }

    [Fact]
    public async Task Factories_have_the_server_and_the_loggers_that_the_source_names()
    {
        var factory = new Categories();
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.LoggerFactory = factory;
        builder.Services.Add(static services => new Ticks(
            services.GetRequiredService<WsServer>(),
            services.GetRequiredService<ILogger<Ticks>>(),
            services.GetRequiredService<TimeProvider>()));
        await using WsServer server = builder.Build();
        Ticks ticks = builder.Services.GetRequiredService<Ticks>();
        Assert.Same(server, ticks.Server);
        Assert.IsType<Logger<Ticks>>(ticks.Log);
        Assert.Contains("WsAot.Tests.Services.LoggerTests.Ticks", factory.Created);
    }

    [Fact]
    public async Task A_combined_table_makes_the_loggers_of_each_of_its_tables()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRouteTable.Combine(WsRouteTable.Combine(WsRoutes.Table)));
        await using WsServer server = builder.Build();
        Assert.IsType<Logger<Ticks>>(builder.Services.GetRequiredService<ILogger<Ticks>>());
    }

    [Fact]
    public async Task A_container_with_scopes_leaves_these_loggers_to_the_server()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.Services.Fallback = new ServiceCollection().BuildServiceProvider();
        await using WsServer server = builder.Build();
        Assert.IsType<Logger<Ticks>>(builder.Services.ForConnection().GetService<ILogger<Ticks>>());
    }

    [Fact]
    public async Task The_server_that_is_added_or_built_is_the_service_and_the_fallback_is_not_asked_for_it()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.Services.Fallback = new ServiceCollection()
            .AddSingleton<WsServer>(static _ => throw new InvalidOperationException("a host that builds the server for its answer"))
            .BuildServiceProvider();
        await using WsServer server = builder.Build();
        Assert.Same(server, builder.Services.GetService<WsServer>());
    }

    [Fact]
    public void What_is_missing_is_named_with_the_factory_that_asks()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.Services.Add(static services => new Ticks(null!, null!, services.GetRequiredService<TimeProvider>()));
        Assert.StartsWith(
            "The factory of WsAot.Tests.Services.LoggerTests+Ticks asks for the service System.TimeProvider, which is not registered. "
                + "Add it",
            Assert.Throws<InvalidOperationException>(() => builder.Services.GetRequiredService<Ticks>()).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The service System.TimeProvider is not registered. Add it to builder.Services",
            Assert.Throws<InvalidOperationException>(() => builder.Services.GetRequiredService<TimeProvider>()).Message,
            StringComparison.Ordinal);
    }

    internal sealed record Ticks(WsServer Server, ILogger<Ticks> Log, TimeProvider Time);

    private sealed class Categories : ILoggerFactory
    {
        public List<string> Created { get; } = [];

        public ILogger CreateLogger(string categoryName)
        {
            Created.Add(categoryName);
            return new ListLog();
        }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
