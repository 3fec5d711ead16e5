using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WsAot;
using WsAot.Hosting;
using WsAot.Routing;
using WsAot.Transport;

// The namespace of IServiceCollection, so that users of the host need no other using.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a WebSocket server to the Generic Host.</summary>
public static class WsAotServiceCollectionExtensions
{
    /// <summary>The section of the host's configuration that holds the server's options.</summary>
    public const string SectionName = "WsAot";

    /// <summary>
    /// Adds a server that starts and stops with the host. Its options come from the configuration's section <c>WsAot</c>, such as
    /// <c>"WsAot": { "Urls": "ws://*:8080" }</c>. It uses the host's logging, <see cref="TimeProvider"/> and services; handlers get the
    /// services in a scope for each connection. Your own services can take the <see cref="WsServer"/>.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="routes">The generated <c>WsRoutes.Table</c>.</param>
    /// <param name="configureOptions">Sets options after the configuration has been read.</param>
    /// <param name="configureServer">
    /// Configures everything else: hooks, background work, pages. Its <see cref="WsServerBuilder.Configuration"/> is the whole
    /// configuration of the host.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// A server was already added. A host runs one server: to serve several route tables, combine them.
    /// </exception>
    /// <remarks>
    /// The host's start fails with a <see cref="WsOptionException"/> if an option is wrong, with a <see cref="WsStartException"/> if a
    /// handler needs a service that was not added, and with a <see cref="TransportException"/> if the server cannot listen. If the server's
    /// background work fails, the host stops, and its stop fails with that exception.
    /// </remarks>
    public static IServiceCollection AddWsAot(
        this IServiceCollection services,
        WsRouteTable routes,
        Action<WsServerOptions>? configureOptions = null,
        Action<WsServerBuilder>? configureServer = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(routes);
        foreach (ServiceDescriptor service in services)
        {
            if (service.ServiceType == typeof(WsServer))
            {
                throw new InvalidOperationException("A WsAot server was already added: combine the tables with WsRouteTable.Combine.");
            }
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Build(provider, routes, configureOptions, configureServer));
        services.AddSingleton<IHostedService>(provider => new WsServerService(
            provider.GetRequiredService<WsServer>(), provider.GetRequiredService<IHostApplicationLifetime>()));
        return services;
    }

    private static WsServer Build(
        IServiceProvider provider,
        WsRouteTable routes,
        Action<WsServerOptions>? configureOptions,
        Action<WsServerBuilder>? configureServer)
    {
        WsServerBuilder builder = WsServer.CreateBuilder(routes);
        builder.LoggerFactory = provider.GetRequiredService<ILoggerFactory>();
        builder.TimeProvider = provider.GetRequiredService<TimeProvider>();
        builder.Services.Fallback = provider;
        IConfiguration configuration = provider.GetRequiredService<IConfiguration>();
        builder.ReadOptions(configuration.GetSection(SectionName));
        builder.Configuration = configuration;
        configureOptions?.Invoke(builder.Options);
        configureServer?.Invoke(builder);
        return builder.Build();
    }
}
