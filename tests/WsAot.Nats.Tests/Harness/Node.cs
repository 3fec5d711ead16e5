using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace WsAot.Nats.Tests.Harness;

/// <summary>A server of ours in this process, on a port of its own, connected by NATS.</summary>
internal sealed class Node : IAsyncDisposable
{
    private Node(WsServer server, NatsBackplane backplane, LogLines log) => (Server, Backplane, Log) = (server, backplane, log);

    public WsServer Server { get; }

    public NatsBackplane Backplane { get; }

    public LogLines Log { get; }

    /// <param name="url">The NATS servers.</param>
    /// <param name="configure">Changes the options of NATS.</param>
    /// <param name="build">Changes what is built.</param>
    public static async Task<Node> StartAsync(string url, Action<WsNatsOptions>? configure = null, Action<WsServerBuilder>? build = null)
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        var log = new LogLines();
        builder.LoggerFactory = log;
        builder.Options.Urls = "ws://127.0.0.1:0";
        builder.Options.Loops = 2;
        build?.Invoke(builder);
        builder.UseNats(url, configure);
        var backplane = (NatsBackplane)builder.Backplane!;
        WsServer server = builder.Build();
        await server.StartAsync();
        return new Node(server, backplane, log);
    }

    /// <summary>A client that has connected.</summary>
    public Task<TestClient> OpenAsync(string path) => TestClient.ConnectAsync(new Uri(Server.Urls[0] + path));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal sealed class LogLines : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
    }
}
