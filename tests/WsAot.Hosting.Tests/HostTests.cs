using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WsAot.Hosting.Tests;

/// <summary>A server in a real host, on a real socket.</summary>
public sealed class HostTests
{
    // What is waited for comes at once; this only keeps a fault from hanging the tests.
    private static readonly TimeSpan s_guard = TimeSpan.FromMinutes(1);

    private readonly ListLog _log = new();

    [Fact]
    public async Task Handlers_get_the_services_of_the_host_each_connection_in_a_scope_of_its_own()
    {
        using IHost host = Build([]);
        await host.StartAsync();
        for (int i = 1; i <= 2; i++)
        {
            using ClientWebSocket client = await ConnectAsync(host);
            Assert.Equal($"hello ann {i}", await AskAsync(client, "ann"));
            await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(s_guard);
        }

        await host.StopAsync();
        Assert.Equal(2, host.Services.GetRequiredService<Visits>().Ended);
    }

    [Fact]
    public void A_container_that_is_disposed_synchronously_disposes_the_server()
    {
        IServiceCollection services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddWsAot(WsRoutes.Table);
        WsServer server;
        using (ServiceProvider provider = services.BuildServiceProvider()) server = provider.GetRequiredService<WsServer>();
        Assert.Throws<InvalidOperationException>(server.Start);
    }

    [Fact]
    public async Task The_start_of_the_host_waits_for_asynchronous_hooks()
    {
        bool isStarted = false;
        using IHost host = Build([], configureServer: server => server.OnStarted(async _ =>
        {
            await Task.Yield();
            isStarted = true;
        }));
        await host.StartAsync();
        Assert.True(isStarted);
        await host.StopAsync();
    }

    [Fact]
    public async Task Options_come_from_the_section_and_then_from_code()
    {
        using IHost host = Build(
            new() { ["WsAot:Loops"] = "1", ["WsAot:MaxMessageBytes"] = "5", ["WsAot:MaxFragments"] = "7", ["Other:Thing"] = "x" },
            static options => options.MaxFragments = 8,
            static server => Assert.Equal("x", server.Configuration["Other:Thing"]));
        WsServerOptions options = host.Services.GetRequiredService<WsServer>().Options;
        Assert.Equal((1, 5, 8), (options.Loops, options.MaxMessageBytes, options.MaxFragments));
        await host.StartAsync();
        await host.StopAsync();
    }

    [Theory]
    [InlineData("WsAot:MaxMessageByte", "5", "Unknown option 'MaxMessageByte' in the section WsAot")]
    [InlineData("WsAot:Loops", "many", "'Loops' must be a whole number")]
    [InlineData("WsAot:Loops", "-1", "Loops must be 0 to 1024")]
    [InlineData("WsAot:LogLevel", "debug", "Unknown option 'LogLevel' in the section WsAot")]
    public async Task A_wrong_option_ends_the_start(string key, string value, string message)
    {
        using IHost host = Build(new() { [key] = value });
        WsOptionException exception = await Assert.ThrowsAsync<WsOptionException>(() => host.StartAsync());
        Assert.Contains(message, exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_address_in_use_ends_the_start()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using IHost host = Build(new() { ["WsAot:Urls"] = $"ws://{taken.LocalEndpoint}" });
        await Assert.ThrowsAsync<Transport.TransportException>(() => host.StartAsync());
    }

    [Fact]
    public async Task It_logs_to_the_host()
    {
        using IHost host = Build([]);
        await host.StartAsync();
        await host.StopAsync();
        Assert.Contains(_log.Lines, static line => line.StartsWith("WsAot.Server: Listening on ws://127.0.0.1:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopping_the_host_drains_the_server()
    {
        using IHost host = Build([]);
        await host.StartAsync();
        using ClientWebSocket client = await ConnectAsync(host);
        Task stop = host.StopAsync();
        byte[] buffer = new byte[10];
        WebSocketReceiveResult result = await client.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(s_guard);
        Assert.Equal((WebSocketCloseStatus)1001, result.CloseStatus);
        await client.CloseOutputAsync((WebSocketCloseStatus)1001, null, CancellationToken.None);
        await stop.WaitAsync(s_guard);
    }

    [Fact]
    public async Task Background_work_that_fails_stops_the_host_which_ends_with_what_was_thrown()
    {
        using IHost host = Build([], configureServer: static server =>
            server.AddBackgroundWork("w", static (_, _) => throw new FormatException("why")));
        Exception? exception = await Record.ExceptionAsync(() => host.RunAsync().WaitAsync(s_guard));
        Assert.Contains("why", exception?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_server_is_refused()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddWsAot(WsRoutes.Table);
        Assert.Throws<InvalidOperationException>(() => builder.Services.AddWsAot(WsRoutes.Table));
    }

    private static async Task<ClientWebSocket> ConnectAsync(IHost host)
    {
        var client = new ClientWebSocket();
        string url = host.Services.GetRequiredService<WsServer>().Urls[0];
        await client.ConnectAsync(new Uri(url + "/greet"), CancellationToken.None).WaitAsync(s_guard);
        return client;
    }

    private static async Task<string> AskAsync(ClientWebSocket client, string name)
    {
        await client.SendAsync(Encoding.UTF8.GetBytes(name), WebSocketMessageType.Text, true, CancellationToken.None).WaitAsync(s_guard);
        byte[] buffer = new byte[100];
        WebSocketReceiveResult result = await client.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(s_guard);
        return Encoding.UTF8.GetString(buffer, 0, result.Count);
    }

    private IHost Build(
        Dictionary<string, string?> configuration,
        Action<WsServerOptions>? configureOptions = null,
        Action<WsServerBuilder>? configureServer = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("WsAot:Urls", "ws://127.0.0.1:0")]);
        builder.Configuration.AddInMemoryCollection(configuration);
        builder.Logging.AddProvider(_log);
        builder.Services.AddSingleton(new Greeting("hello"));
        builder.Services.AddSingleton<Visits>();
        builder.Services.AddScoped<Visit>();
        builder.Services.AddWsAot(WsRoutes.Table, configureOptions, configureServer);
        return builder.Build();
    }
}
