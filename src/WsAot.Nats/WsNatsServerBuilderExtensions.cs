using WsAot.Nats;
using WsAot.Nats.Connecting;
using WsAot.Nats.Logging;

namespace WsAot;

/// <summary>Connects the topics of several servers through NATS.</summary>
public static class WsNatsServerBuilderExtensions
{
    /// <summary>
    /// Connects the topics of this server with those of all servers with the same NATS and the same prefix. The options come from the
    /// section <c>nats</c> of the configuration. If NATS cannot be reached, the server starts without it and keeps trying.
    /// </summary>
    /// <param name="builder">The builder. Set its <see cref="WsServerBuilder.LoggerFactory"/> first.</param>
    /// <param name="configure">Changes the options after the configuration was read.</param>
    /// <exception cref="WsOptionException">An option is wrong.</exception>
    /// <exception cref="InvalidOperationException">The topics of this server are already connected.</exception>
    public static WsServerBuilder UseNats(this WsServerBuilder builder, Action<WsNatsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Backplane is not null) throw new InvalidOperationException("The topics are already connected: call UseNats once.");
        var errors = new List<string>();
        WsNatsOptions options =
            builder.KnownConfiguration is { } configuration ? NatsSection.Read(configuration, errors) : new WsNatsOptions();
        configure?.Invoke(options);
        errors.AddRange(NatsRules.Check(options));
        if (errors.Count > 0) throw new WsOptionException(errors);
        var backplane = new NatsBackplane(options, new NatsLog(builder.LoggerFactory, builder.TimeProvider), builder.TimeProvider);
        builder.Backplane = backplane;
        return builder.OnStarted((_, cancellationToken) => backplane.ConnectAsync(cancellationToken));
    }

    /// <summary>
    /// As <see cref="UseNats(WsServerBuilder, Action{WsNatsOptions}?)"/> if the configuration names NATS servers; otherwise topics stay
    /// within this process.
    /// </summary>
    /// <param name="builder">The builder. Set its <see cref="WsServerBuilder.LoggerFactory"/> first.</param>
    /// <exception cref="WsOptionException">An option is wrong.</exception>
    public static WsServerBuilder UseNatsIfConfigured(this WsServerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.KnownConfiguration is { } configuration && NatsSection.IsIn(configuration) ? builder.UseNats() : builder;
    }

    /// <summary>
    /// Adds options such as <c>--nats-url</c> to the command line, for the values of the section <c>nats</c>. Call it before the options
    /// are read.
    /// </summary>
    /// <param name="builder">The builder.</param>
    public static WsServerBuilder AddNatsOptions(this WsServerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddedOptions.AddRange(NatsCommandLine.Options);
        return builder;
    }

    /// <inheritdoc cref="UseNats(WsServerBuilder, Action{WsNatsOptions}?)"/>
    /// <param name="builder">The builder. Set its <see cref="WsServerBuilder.LoggerFactory"/> first.</param>
    /// <param name="url">The NATS servers: see <see cref="WsNatsOptions.Url"/>.</param>
    /// <param name="configure">Changes the other options.</param>
    public static WsServerBuilder UseNats(this WsServerBuilder builder, string url, Action<WsNatsOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        return builder.UseNats(options =>
        {
            options.Url = url;
            configure?.Invoke(options);
        });
    }
}
