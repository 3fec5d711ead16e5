using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WsAot.CommandLine;
using WsAot.Handshake;
using WsAot.Logging;
using WsAot.Loops;
using WsAot.Memory;
using WsAot.Routing;
using WsAot.Server;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot;

/// <summary>Builds a server. Use it from one thread, and call <see cref="Build"/> once.</summary>
public sealed partial class WsServerBuilder
{
    private ApplicationHooks? _hooks;
    private WsTopics? _topics;
    private bool _isBuilt;

    internal WsServerBuilder(WsRouteTable routes) => Routes = routes;

    /// <summary>The options of the server.</summary>
    public WsServerOptions Options { get; } = new();

    /// <summary>
    /// The services for your handlers: those that you add, and those of <see cref="WsServices.Fallback"/>. If neither has them, also the
    /// <see cref="WsServer"/>, the <see cref="ILoggerFactory"/> and the <see cref="System.TimeProvider"/> of this builder. A factory can
    /// ask for each <see cref="ILogger{TCategoryName}"/> that appears in the application's source.
    /// </summary>
    public WsServices Services { get; } = new();

    /// <summary>The topics with history or presence. Default: none.</summary>
    public WsTopics Topics => _topics ??= new WsTopics();

    /// <summary>The logger factory of the server. Default: no logging.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The source of time. Default: the system clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Creates the transport, instead of the one that the options choose. To test an application, use the package WsAot.Testing, which
    /// brings its own transport.
    /// </summary>
    public Func<TransportOptions, ServerTransport>? CreateTransport { get; set; }

    /// <summary>Creates the transport of the admin listener; null: as the options say.</summary>
    internal Func<TransportOptions, ServerTransport>? CreateAdminTransport { get; set; }

    /// <summary>
    /// Everything that <see cref="ReadOptions(string[], string)"/> has read: the server's options, and your own sections, such as
    /// <c>"ticker": { ... }</c> in the file. Empty until then. Your services can take it as an <see cref="IConfiguration"/>.
    /// </summary>
    public IConfiguration Configuration
    {
        get => KnownConfiguration ??= new ConfigurationBuilder().Build();
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            KnownConfiguration = value;
        }
    }

    /// <summary>The configuration if there is one. The code that creates it is trimmed from an application that does not use it.</summary>
    internal IConfiguration? KnownConfiguration { get; private set; }

    internal WsRouteTable Routes { get; }

    /// <summary>The hooks and the background work of the application; null if there are none.</summary>
    internal ServerHooks? Hooks => _hooks;

    /// <summary>Environment variables that look like options, but are none.</summary>
    internal IReadOnlyList<string> UnknownVariables { get; private set; } = [];

    /// <summary>Whether the program runs in a container.</summary>
    internal Func<bool> IsInContainer { get; set; } = Container.IsInside;

    /// <summary>The variable that would name the addresses, if the options were read and name none.</summary>
    private string? UrlsVariable { get; set; }

    /// <summary>Whether the options were read, and neither they nor the application name an address.</summary>
    internal bool NamesNoUrls => UrlsVariable is not null && Options.Urls == WsServerOptions.DefaultUrls;

    /// <summary>The listening sockets that the process got from another one; null: none.</summary>
    internal InheritedListeners? Inherited { get; set; }

    /// <summary>Limits the published messages that wait for other loops.</summary>
    internal DeliveryBacklog Backlog { get; set; } = new();

    /// <summary>The units of work in one turn of a connection.</summary>
    internal int TurnUnits { get; set; } = TurnCosts.Turn;

    /// <summary>Reads the process's memory without that of the connections. Tests set it; null: the memory of this process.</summary>
    internal Func<MemoryReading>? ReadMemory { get; set; }

    /// <summary>The link to the topics of other processes; null if there is none.</summary>
    internal ITopicBackplane? Backplane { get; set; }

    internal List<HttpPage> Pages { get; } = [new("/healthz"u8.ToArray(), "text/plain; charset=utf-8", "ok\n"u8.ToArray())];

    /// <summary>Serves a page over plain HTTP at a path. It replaces an earlier page at that path.</summary>
    /// <param name="path">The path: starts with <c>/</c>, has no query, and is percent-encoded as in a request.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="body">The content. Do not change it afterwards.</param>
    /// <exception cref="ArgumentException">The path or the media type cannot be sent in HTTP.</exception>
    public WsServerBuilder AddPage(string path, string contentType, byte[] body)
    {
        if (!path.StartsWith('/') || path.AsSpan().ContainsAnyExceptInRange('!', '~') || path.Contains('?'))
        {
            throw new ArgumentException(
                $"'{path}' is not a path: it must start with / and be visible ASCII without a question mark.", nameof(path));
        }

        if (contentType.Length == 0 || contentType.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"'{contentType}' is not a media type such as text/html.", nameof(contentType));
        }

        byte[] pathBytes = Encoding.ASCII.GetBytes(path);
        Pages.RemoveAll(page => page.Path.AsSpan().SequenceEqual(pathBytes));
        Pages.Add(new HttpPage(pathBytes, contentType, body));
        return this;
    }

    /// <summary>
    /// Adds a hook that runs when the server begins to stop, after <see cref="WsServerOptions.DrainDelayMs"/>: the server still accepts
    /// connections, and has closed none yet. The hooks are awaited one after the other, in the order in which they were added. An exception
    /// is logged.
    /// </summary>
    /// <param name="hook">
    /// Gets the server, and a token that is cancelled when <see cref="WsServerOptions.DrainTimeoutMs"/> has passed or the drain was ended
    /// early; the server then continues without waiting for the hook.
    /// </param>
    public WsServerBuilder OnStopping(Func<WsServer, CancellationToken, Task> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        ToHooks().AddStopping(hook);
        return this;
    }

    /// <summary>
    /// Adds work that runs beside the server, from its start to its stop: publishing prices, reading a queue. It runs on the thread pool,
    /// after the hooks of <see cref="OnStarted(Action{WsServer})"/>. A stopping server waits for it as long as it waits for its
    /// connections.
    /// </summary>
    /// <param name="name">What the log calls it.</param>
    /// <param name="work">
    /// Gets the server, and a token that is cancelled when the server begins to stop (<see cref="WsServer.Stopping"/>). Work that returns
    /// before that is not started again.
    /// </param>
    /// <param name="onFailure">What happens when the work throws an exception. Default: the server stops.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public WsServerBuilder AddBackgroundWork(
        string name,
        Func<WsServer, CancellationToken, Task> work,
        WsBackgroundFailure onFailure = WsBackgroundFailure.StopServer)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(work);
        ToHooks().AddWork(new BackgroundWork(name, work, onFailure));
        return this;
    }

    /// <summary>
    /// Reads files, the environment and the command line: the server's options into <see cref="Options"/>, and everything into <see
    /// cref="Configuration"/>. The command line wins over the environment, the environment over the files, and a later file over an earlier
    /// one.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="name">
    /// The name of the settings. With <c>my.server</c>, the files are those that <c>--config</c> names, or else <c>my.server.json</c> in
    /// the current folder or, failing that, beside the executable; variables begin with <c>MY_SERVER_</c>. Default: <c>wsaot</c>.
    /// </param>
    /// <exception cref="WsOptionException">
    /// An option is unknown, has no value, or has one that is out of range; or a file cannot be read.
    /// </exception>
    /// <exception cref="ArgumentException">The name is not valid in a file name.</exception>
    public WsServerBuilder ReadOptions(string[] args, string name = ConfigurationNames.Default)
    {
        var errors = new OptionErrors();
        ReadOptions(args, name, errors);
        errors.ThrowIfAny();
        return this;
    }

    /// <summary>
    /// Reads the options from an existing configuration, such as a section of a host's. Its sections are ignored, except <c>tls</c>, which
    /// has the certificates.
    /// </summary>
    /// <param name="configuration">The options by their names, in any case.</param>
    /// <exception cref="WsOptionException">An option is unknown, or has a value that is out of range.</exception>
    public WsServerBuilder ReadOptions(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ServerConfiguration.Bind(configuration, Options);
        return this;
    }

    /// <summary>Creates the server. It does not listen until you start it.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or an address or origin is invalid.</exception>
    /// <exception cref="WsStartException">Two routes of a combined table match the same paths.</exception>
    /// <exception cref="TransportException">The transport in the options is not available.</exception>
    /// <exception cref="InvalidOperationException">The builder has built its server already.</exception>
    public WsServer Build()
    {
        if (_isBuilt) throw new InvalidOperationException("Call Build once: a second server needs a builder of its own.");
        var server = new WsServer(this);
        _isBuilt = true;
        foreach (string variable in UnknownVariables) Log.UnknownVariable(server.Context.Logger, variable);
        if (NamesNoUrls && IsInContainer()) Log.DefaultAddressInContainer(server.Context.Logger, UrlsVariable!);

        return server;
    }

    /// <summary>The rules of the topics with history or presence; null if there are none.</summary>
    internal TopicRules? CreateTopicRules()
    {
        List<TopicRule> rules = WsTopics.Join(_topics?.Rules ?? [], Routes);
        return rules.Count == 0 ? null : new TopicRules(rules, _topics?.MaxHistoryBytes ?? WsTopics.DefaultMaxHistoryBytes, TimeProvider);
    }

    private ApplicationHooks ToHooks() => _hooks ??= new ApplicationHooks();
}
