using System.Net;
using Microsoft.Extensions.Logging;
using WsAot.CommandLine;
using WsAot.Connections;
using WsAot.Handshake;
using WsAot.Logging;
using WsAot.Memory;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;
using WsAot.Routing;
using WsAot.Server;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot;

/// <summary>
/// A WebSocket server: its loops, the addresses it listens on, and the connections it has. All members may be used from any thread, but
/// for starting, stopping and disposing, which one thread does.
/// </summary>
public sealed class WsServer : IAsyncDisposable
{
    /// <summary>Descriptors kept for what is not a connection: the listeners, epoll, those being refused, and files.</summary>
    private const int ReservedDescriptors = 32 + HandshakeContext.MaxRefusals;

    private const int DefaultMaxConnections = 100_000;

    private readonly IReadOnlyList<IPEndPoint> _addresses;
    private readonly ServerLifetime _lifetime;

    internal WsServer(WsServerBuilder builder)
    {
        Options = builder.Options;
        if (OptionRules.FindError(Options) is { } error) throw new ArgumentException(error);
        _addresses = ListenAddress.ParseAll(Options.Urls);
        builder.Services.Freeze(builder.LoggerFactory, builder.TimeProvider);
        ILogger logger = new SafeLogger(builder.LoggerFactory.CreateLogger(SafeLogger.ServerCategory));
        Context = new ServerContext
        {
            Server = this,
            Options = Options,
            Logger = logger,
            TimeProvider = builder.TimeProvider,
            Services = builder.Services,
            Topics = new TopicHub(logger, builder.Backlog, builder.Backplane),
            Memory = new MemoryReclaimer(ProcessMemory.GiveBack),
            Turn = builder.Turn,
            Connections = new ConnectionLimit(MaxConnections(Options)),
        };
        Handshakes = new HandshakeContext(Context, builder.Routes, builder.Pages);
        var transportOptions = new TransportOptions { Loops = Options.Loops > 0 ? Options.Loops : Environment.ProcessorCount };
        ServerTransport transport =
            builder.CreateTransport?.Invoke(transportOptions) ?? ServerTransport.Create(Options.Transport, transportOptions);
        _lifetime = new ServerLifetime(Handshakes, transport);
    }

    /// <summary>The addresses listened on, as <c>ws://127.0.0.1:8080</c>, with the real port where 0 was asked for. Empty before the start.</summary>
    public IReadOnlyList<string> Urls { get; private set; } = [];

    /// <summary>Open connections.</summary>
    public int ConnectionCount => _lifetime.ConnectionCount;

    /// <summary>What the server was told.</summary>
    public WsServerOptions Options { get; }

    internal ServerContext Context { get; }

    internal HandshakeContext Handshakes { get; }

    internal ServerLifetime Lifetime => _lifetime;

    /// <summary>Begins to put together a server.</summary>
    /// <param name="routes">The generated <c>WsRoutes.Table</c>.</param>
    public static WsServerBuilder CreateBuilder(WsRouteTable routes) => new(routes);

    /// <summary>
    /// Runs a server until SIGTERM or SIGINT: reads the options (see <see cref="WsServerOptions"/>), prints a line <c>listening on ws://...</c>
    /// for each address to stdout when it is ready, logs to stderr, and drains when it is told to stop. A second signal ends it at once.
    /// Told to <c>--describe</c>, it prints what the generator knows of the routes instead: a table, an OpenRPC document, a TypeScript client.
    /// </summary>
    /// <param name="routes">The generated <c>WsRoutes.Table</c>.</param>
    /// <param name="args">The command line; <c>--help</c> tells what is possible.</param>
    /// <param name="configure">Completes the server (services, pages, options of its own) after the options are read.</param>
    /// <returns>The exit code: 0 stopped as asked, 1 could not run, 2 wrong usage.</returns>
    public static Task<int> RunAsync(WsRouteTable routes, string[] args, Action<WsServerBuilder>? configure = null) =>
        ServerProgram.RunAsync(routes, args, configure);

    /// <summary>Starts the loops and listens.</summary>
    /// <exception cref="TransportException">An address cannot be listened on; nothing is left running then.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start() => Urls = _lifetime.Start(_addresses);

    /// <summary>
    /// Stops: nobody is let in any more, every connection is closed with 1001, and after the last has gone, or
    /// <see cref="WsServerOptions.DrainTimeoutMs"/> is over, the loops end.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting sooner.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => _lifetime.StopAsync(cancellationToken);

    /// <summary>Stops without waiting for connections, and disposes the services that factories have made.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await Context.Services.DisposeMadeAsync(Context.Logger).ConfigureAwait(false);
    }

    /// <summary>The connections that were open at the moment of the call.</summary>
    public IReadOnlyList<WsConnection> GetConnections() => _lifetime.GetSessions().ConvertAll(static session => session.Connection);

    /// <summary>Sends a text message to all subscribers of a topic. It is framed once and shared by them all.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="utf8">Valid UTF-8, which is not checked again. Free for reuse when the call returns.</param>
    /// <remarks>
    /// All subscribers of a topic get its messages in one order, whichever threads publish them. On a loop, a message is delivered to the
    /// subscribers there before the call returns, unless messages that were published to the topic elsewhere still wait to be delivered there.
    /// </remarks>
    public void Publish(string topic, ReadOnlySpan<byte> utf8) => Context.Topics.Publish(topic, Opcode.Text, utf8);

    /// <inheritdoc cref="Publish(string, ReadOnlySpan{byte})"/>
    /// <param name="topic">The topic's name.</param>
    /// <param name="text">Sent as UTF-8; a lone surrogate becomes U+FFFD.</param>
    public void Publish(string topic, string text)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        Publish(topic, utf8.Bytes);
    }

    /// <summary>Sends a binary message to all subscribers of a topic. It is framed once and shared by them all.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">Free for reuse when the call returns.</param>
    public void PublishBinary(string topic, ReadOnlySpan<byte> payload) => Context.Topics.Publish(topic, Opcode.Binary, payload);

    /// <summary>Sends a text message to every open connection. It is framed once and shared by them all.</summary>
    /// <param name="utf8">Valid UTF-8, which is not checked again. Free for reuse when the call returns.</param>
    public void SendToAll(ReadOnlySpan<byte> utf8) => Context.Topics.PublishToAll(Opcode.Text, utf8);

    /// <summary>Sends a binary message to every open connection. It is framed once and shared by them all.</summary>
    /// <param name="payload">Free for reuse when the call returns.</param>
    public void SendBinaryToAll(ReadOnlySpan<byte> payload) => Context.Topics.PublishToAll(Opcode.Binary, payload);

    /// <summary>Begins the closing handshake of every open connection.</summary>
    /// <param name="code">1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455 section 7.4).</param>
    /// <param name="reason">Cut off at a character after 123 bytes of UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is another.</exception>
    public void CloseAll(ushort code = CloseCode.GoingAway, string reason = "")
    {
        Session.ThrowIfNotSendable(code);
        foreach (Session session in _lifetime.GetSessions()) session.Close(code, reason);
    }

    private static int MaxConnections(WsServerOptions options) => options.MaxConnections > 0
        ? options.MaxConnections
        : Math.Min(DefaultMaxConnections, Math.Max(1, ServerTransport.DescriptorLimit - ReservedDescriptors));
}
