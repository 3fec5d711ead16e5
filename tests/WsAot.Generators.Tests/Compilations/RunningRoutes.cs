using WsAot.Routing;
using WsAot.Transport.InMemory;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>User code and the code generated from it, served in memory. The server runs only while a client sends.</summary>
internal sealed class RunningRoutes : IDisposable
{
    private readonly InMemoryTransport _transport = new();
    private readonly WsServer _server;

    public RunningRoutes(params string[] sources)
        : this(LoadedRoutes.Load(sources), static _ => { })
    {
    }

    public RunningRoutes(WsRouteTable routes, Action<WsServerBuilder> configure)
    {
        WsServerBuilder builder = WsServer.CreateBuilder(routes);
        configure(builder);
        builder.CreateTransport = _ => _transport;
        builder.Options.AllowedHosts = "*";
        _server = builder.Build();
        _server.Start();
    }

    public RunningClient Open(string path, params string[] headers) => new(_transport, path, headers);

    /// <summary>The status that a request to upgrade is answered with.</summary>
    public int Ask(string path, params string[] headers) => RunningClient.Ask(_transport, path, headers).Status;

    public void Dispose() => _server.DisposeAsync().AsTask().Wait();
}
