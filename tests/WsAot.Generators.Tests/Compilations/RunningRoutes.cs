using WsAot.Transport.InMemory;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>User code and the code generated from it, served in memory. The server runs only while a client sends.</summary>
internal sealed class RunningRoutes : IDisposable
{
    private readonly InMemoryTransport _transport = new();
    private readonly WsServer _server;

    public RunningRoutes(params string[] sources)
    {
        WsServerBuilder builder = WsServer.CreateBuilder(LoadedRoutes.Load(sources));
        builder.CreateTransport = _ => _transport;
        builder.Options.AllowedHosts = "*";
        _server = builder.Build();
        _server.Start();
    }

    public RunningClient Open(string path) => new(_transport, path);

    public void Dispose() => _server.DisposeAsync().AsTask().Wait();
}
